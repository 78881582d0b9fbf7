import ipaddr from 'ipaddr.js';
import type { AddressRange } from '../config/kinds.ts';

/**
 * The address a request comes from: the peer's, or, where the peer is a trusted proxy, the nearest address in
 * X-Forwarded-For that is not one. Read from the right, because what stands further left is the client's own
 * claim; an entry that is no address ends the walk at the last proxy that is known.
 */
export function remoteAddressOf(
  peer: string,
  forwardedFor: string | readonly string[] | undefined,
  trusted: readonly AddressRange[],
): string {
  if (trusted.length === 0) return peer;
  let address = parse(peer);
  if (address === undefined) return peer;
  const forwarded = String(forwardedFor ?? '').split(',');
  while (isTrusted(address, trusted)) {
    const before = parse(forwarded.pop()?.trim() ?? '');
    if (before === undefined) break;
    address = before;
  }
  return address.toString();
}

/** IPv4 addresses on an IPv6 socket (::ffff:10.0.0.1) count as the IPv4 addresses they are. */
function parse(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  return ipaddr.process(text);
}

function isTrusted(address: ipaddr.IPv4 | ipaddr.IPv6, trusted: readonly AddressRange[]): boolean {
  return trusted.some(([range, bits]) => address.kind() === range.kind() && address.match(range, bits));
}
