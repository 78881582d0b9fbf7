import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { startGatewayProcess } from '../../support/process.ts';
import { codesOf, post } from '../auth/post.ts';

// INTROSPECTION of the started process: what the defaults of the two profiles show, and what is shown where it is set.

const KEY = 'a-key';
const REAL = { TEXTER_BASE_URL: 'https://acme.test/server/api/v2', TEXTER_API_TOKEN: 'unused' };
const KEYS = {
  ...REAL,
  AUTH_MODE: 'api-key',
  API_KEYS: `reader:read:${createHash('sha256').update(KEY).digest('hex')}`,
};

test.each<[string, Record<string, string>, boolean]>([
  ['the sandbox', {}, true],
  ['the sandbox, where it is off', { INTROSPECTION: 'off' }, false],
  ['a real project with a key', KEYS, true],
  ['a real project with a key, where it is off', { ...KEYS, INTROSPECTION: 'off' }, false],
  ['a real project without authentication', { ...REAL, AUTH_MODE: 'none' }, false],
  [
    'a real project without authentication, where it is on',
    { ...REAL, AUTH_MODE: 'none', INTROSPECTION: 'on' },
    true,
  ],
  [
    'a real project with a Texter token',
    { TEXTER_BASE_URL: REAL.TEXTER_BASE_URL, AUTH_MODE: 'passthrough' },
    false,
  ],
])('before %s', async (_, settings, shown) => {
  await using gateway = await startGatewayProcess(settings);
  const introspection = await post(
    gateway.url,
    '{ __schema { queryType { name } } __type(name: "Chat") { name } }',
    KEY,
  );
  const guess = await post(gateway.url, '{ chatz { totalCount } }', KEY);
  const message = guess.body.errors?.[0]?.message;
  if (shown) {
    expect(introspection.body).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });
    expect(message).toContain('Did you mean');
  } else {
    expect(introspection.body).not.toHaveProperty('data');
    expect(new Set(codesOf(introspection))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    expect(message).not.toContain('Did you mean');
  }
  const service = await post(gateway.url, '{ __typename _service { sdl } }', KEY);
  expect(service.body).toMatchObject({
    data: { __typename: 'Query', _service: { sdl: expect.any(String) } },
  });
});
