import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { apiKeyAuthenticator } from '../../../src/auth/api-key.ts';
import type { ApiKey } from '../../../src/config/api-keys.ts';
import { constant } from '../../../src/config/live.ts';
import { outcomeOf } from './outcome.ts';

const apiKey = (name: string, access: ApiKey['access'], key: string): ApiKey => ({
  name,
  access,
  hash: createHash('sha256').update(key).digest(),
});

describe('AUTH_MODE api-key', () => {
  const keys = [apiKey('reader', 'read', 'r-key'), apiKey('writer', 'write', 'w-key')];
  const authenticate = apiKeyAuthenticator(constant(keys));

  test('knows a caller by its key, and what it may do', async () => {
    expect(await outcomeOf(authenticate, 'Bearer r-key')).toEqual({
      caller: 'key:reader',
      canWrite: false,
      passthrough: undefined,
    });
    expect(await outcomeOf(authenticate, 'Bearer w-key')).toMatchObject({
      caller: 'key:writer',
      canWrite: true,
    });
  });

  test.each(['bearer r-key', 'BEARER   r-key', 'Bearer r-key '])('reads %j', async (authorization) => {
    expect(await outcomeOf(authenticate, authorization)).toMatchObject({ caller: 'key:reader' });
  });

  test.each([undefined, '', 'r-key', 'Basic r-key', 'Bearer', 'Bearer ', 'Bearer a b', 'Bearer kéy'])(
    'finds no credential in %j',
    async (authorization) => {
      expect(await outcomeOf(authenticate, authorization)).toEqual([
        'UNAUTHENTICATED',
        401,
        'Bearer realm="texter-graphql-gateway"',
      ]);
    },
  );

  test.each(['Bearer unknown', `Bearer ${createHash('sha256').update('r-key').digest('hex')}`])(
    'refuses %j',
    async (authorization) => {
      expect(await outcomeOf(authenticate, authorization)).toEqual([
        'UNAUTHENTICATED',
        401,
        'Bearer realm="texter-graphql-gateway", error="invalid_token"',
      ]);
    },
  );

  test('follows the keys as they change', async () => {
    let current = keys;
    const live = apiKeyAuthenticator({ current: () => current });
    expect(await outcomeOf(live, 'Bearer r-key')).toMatchObject({ caller: 'key:reader' });
    current = [apiKey('reader', 'write', 'new-key')];
    expect(await outcomeOf(live, 'Bearer r-key')).toEqual(expect.arrayContaining(['UNAUTHENTICATED', 401]));
    expect(await outcomeOf(live, 'Bearer new-key')).toMatchObject({ caller: 'key:reader', canWrite: true });
  });
});
