import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAddressRange } from '../../../src/config/kinds.ts';
import { remoteAddressOf } from '../../../src/http/remote-address.ts';

function from(peer: string, forwarded: string | undefined, ...trusted: string[]): string {
  const ranges = trusted.map((text) => {
    const range = parseAddressRange(text);
    if (range === undefined) throw new Error(`no range: ${text}`);
    return range;
  });
  return remoteAddressOf(peer, forwarded, ranges);
}

it.each([
  ['nobody is trusted', '10.0.0.1', '1.2.3.4', [], '10.0.0.1'],
  ['the peer is no proxy', '9.9.9.9', '1.2.3.4', ['10.0.0.0/8'], '9.9.9.9'],
  ['the peer is a proxy', '10.0.0.1', '1.2.3.4', ['10.0.0.0/8'], '1.2.3.4'],
  ['an IPv6 socket', '::ffff:10.0.0.1', '1.2.3.4', ['10.0.0.1'], '1.2.3.4'],
  // Ranges in the form of IPv6 were kept in it, and so matched no address.
  ['an IPv4-mapped proxy', '10.0.0.1', '1.2.3.4', ['::ffff:10.0.0.1'], '1.2.3.4'],
  ['an IPv4-mapped range', '::ffff:10.9.9.9', '1.2.3.4', ['::ffff:10.0.0.0/104'], '1.2.3.4'],
  ['outside an IPv4-mapped range', '11.0.0.1', '1.2.3.4', ['::ffff:10.0.0.0/104'], '11.0.0.1'],
  ['a chain of proxies', '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', ['10.0.0.0/8'], '1.2.3.4'],
  ['a forged left end', '10.0.0.1', '10.0.0.9, 1.2.3.4', ['10.0.0.0/8'], '1.2.3.4'],
  ['only proxies', '10.0.0.1', '10.0.0.3, 10.0.0.2', ['10.0.0.0/8'], '10.0.0.3'],
  ['rubbish in the chain', '10.0.0.1', '1.2.3.4, unknown, 10.0.0.2', ['10.0.0.0/8'], '10.0.0.2'],
  ['no header', '10.0.0.1', undefined, ['10.0.0.0/8'], '10.0.0.1'],
  ['IPv6', 'fd00::1', '2001:db8::7', ['fd00::/8'], '2001:db8::7'],
])('%s', (_, peer, forwarded, trusted, expected) => {
  expect(from(peer, forwarded, ...trusted)).toBe(expected);
});

it('believes nothing that an untrusted peer says', () => {
  fc.assert(
    fc.property(fc.string(), (forwarded) => {
      expect(from('9.9.9.9', forwarded, '10.0.0.0/8')).toBe('9.9.9.9');
    }),
  );
});
