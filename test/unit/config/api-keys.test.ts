import { expect, it } from 'vitest';
import { parseApiKeys } from '../../../src/config/api-keys.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

it('reads entries between commas and on lines, with comments', () => {
  const keys = parseApiKeys(`# who\nrouter:write:${A}\r\n\n bi.team-1:read:${B.toUpperCase()} ,\n`);
  expect(keys).toEqual([
    { name: 'router', access: 'write', hash: Buffer.from(A, 'hex') },
    { name: 'bi.team-1', access: 'read', hash: Buffer.from(B, 'hex') },
  ]);
});

it('lets a name have two keys, for the time of a change', () => {
  expect(parseApiKeys(`router:write:${A},router:write:${B}`)).toHaveLength(2);
});

it.each(['', '# nothing but this', ',\n'])('reads no keys of %j', (text) => {
  expect(parseApiKeys(text)).toEqual([]);
});

it.each([
  'router',
  `router:admin:${A}`,
  `:read:${A}`,
  `a b:read:${A}`,
  'router:read:abc',
  `router:read:${A}0`,
  `router:read:${'g'.repeat(64)}`,
  `router:read:${A},bi:read:${A.toUpperCase()}`,
  `router:read:${A},oops`,
])('takes nothing of %j', (text) => {
  expect(parseApiKeys(text)).toBeUndefined();
});
