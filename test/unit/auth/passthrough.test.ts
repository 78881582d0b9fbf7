import { describe, expect, test } from 'vitest';
import type { Identity } from '../../../src/auth/identity.ts';
import { passthroughAuthenticator } from '../../../src/auth/passthrough.ts';
import { outcomeOf } from './outcome.ts';

describe('AUTH_MODE passthrough', () => {
  const identify = async (
    authenticate = passthroughAuthenticator(),
    token = 'texter-token',
    address = '192.0.2.1',
  ) => (await outcomeOf(authenticate, `Bearer ${token}`, address)) as Identity;

  test('hands the token on and vouches for nobody', async () => {
    expect(await identify()).toMatchObject({
      canWrite: true,
      passthrough: { texterToken: 'texter-token' },
    });
    expect(await outcomeOf(passthroughAuthenticator(), undefined)).toEqual(
      expect.arrayContaining(['UNAUTHENTICATED', 401]),
    );
  });

  test('knows a caller by its address until Texter has accepted its token, then by the token’s hash', async () => {
    const authenticate = passthroughAuthenticator();
    const before = await identify(authenticate);
    expect(before.caller).toBe('address:192.0.2.1');
    before.passthrough?.accepted();

    const after = await identify(authenticate);
    expect(after.caller).toMatch(/^token:[\w-]{43}$/);
    expect(await identify(authenticate, 'texter-token', '192.0.2.9')).toMatchObject({ caller: after.caller });
    expect(await identify(authenticate, 'another')).toMatchObject({ caller: 'address:192.0.2.1' });
  });
});
