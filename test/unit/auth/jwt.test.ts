import { createSecretKey } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { type Logger, pino } from 'pino';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Authenticator } from '../../../src/auth/authenticator.ts';
import { createAuthenticator } from '../../../src/auth/authenticator.ts';
import { AUDIENCE, createSigner, ISSUER, type KeyServer, startKeyServer } from './key-server.ts';
import { outcomeOf } from './outcome.ts';

const silent = pino({ level: 'silent' });

function authenticatorOf(server: Pick<KeyServer, 'url'>, log: Logger = silent): Authenticator {
  const auth = { mode: 'jwt', jwksUrl: server.url, issuer: ISSUER, audience: AUDIENCE } as const;
  return createAuthenticator({ auth, proxy: undefined }, log);
}

const INVALID = [
  'UNAUTHENTICATED',
  401,
  'Bearer realm="texter-graphql-gateway", error="invalid_token"',
] as const;

describe('AUTH_MODE jwt', () => {
  test.each([
    [{ scope: 'texter:read' }, false],
    [{ scope: 'openid texter:write' }, true],
    [{ scope: null, scp: ['texter:read', 'texter:write'] }, true],
    [{ scope: null, scp: ['texter:read'] }, false],
    [{ scope: null, scp: 'openid texter:read' }, false],
    [{ aud: ['other', AUDIENCE] }, false],
  ])('takes %j', async (claims, canWrite) => {
    const signer = await createSigner('k1');
    await using server = await startKeyServer(signer);
    expect(await outcomeOf(authenticatorOf(server), `Bearer ${await signer.sign(claims)}`)).toEqual({
      caller: `jwt:${ISSUER} user-1`,
      canWrite,
      passthrough: undefined,
    });
  });

  test.each(['RS256', 'PS384', 'ES512', 'EdDSA'])('takes %s', async (alg) => {
    const signer = await createSigner('k1', alg);
    await using server = await startKeyServer(signer);
    expect(await outcomeOf(authenticatorOf(server), `Bearer ${await signer.sign()}`)).toHaveProperty(
      'caller',
    );
  });

  test.each([
    { iss: 'https://other.test/' },
    { aud: 'another-api' },
    { exp: Math.floor(Date.now() / 1000) - 1 },
    { exp: null },
    { iss: null },
    { aud: null },
    { nbf: Math.floor(Date.now() / 1000) + 600 },
  ])('refuses a token with %j', async (claims) => {
    const signer = await createSigner('k1');
    await using server = await startKeyServer(signer);
    expect(await outcomeOf(authenticatorOf(server), `Bearer ${await signer.sign(claims)}`)).toEqual(INVALID);
  });

  test.each([{ scope: '' }, { scope: null }, { scope: 'texter:readwrite' }, { scope: null, scp: [7] }])(
    'lets nobody in with %j',
    async (claims) => {
      const signer = await createSigner('k1');
      await using server = await startKeyServer(signer);
      expect(await outcomeOf(authenticatorOf(server), `Bearer ${await signer.sign(claims)}`)).toEqual([
        'FORBIDDEN',
        403,
        'Bearer realm="texter-graphql-gateway", error="insufficient_scope", scope="texter:read"',
      ]);
    },
  );

  test('refuses forgeries', async () => {
    const signer = await createSigner('k1');
    const stranger = await createSigner('k1');
    await using server = await startKeyServer(signer);
    const authenticate = authenticatorOf(server);
    const claims = {
      iss: ISSUER,
      aud: AUDIENCE,
      exp: Math.floor(Date.now() / 1000) + 600,
      scope: 'texter:write',
    };
    const publicKey = createSecretKey(Buffer.from(JSON.stringify(signer.jwk)));
    const forgeries = [
      await stranger.sign(),
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(publicKey),
      `${await signer.sign()}x`,
      'not.a.jwt',
      'opaque',
    ];
    for (const forgery of forgeries) {
      expect(await outcomeOf(authenticate, `Bearer ${forgery}`)).toEqual(INVALID);
    }
    expect(await outcomeOf(authenticate, undefined)).toEqual(
      expect.arrayContaining(['UNAUTHENTICATED', 401]),
    );
  });
});

describe('the key set', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is fetched when first needed, and once for all callers', async () => {
    const signer = await createSigner('k1');
    await using server = await startKeyServer(signer);
    const authenticate = authenticatorOf(server);
    expect(server.requests).toBe(0);
    const authorization = `Bearer ${await signer.sign()}`;
    const callers = Array.from({ length: 20 }, () => outcomeOf(authenticate, authorization));
    for (const outcome of await Promise.all(callers)) expect(outcome).toHaveProperty('caller');
    expect(server.requests).toBe(1);
  });

  test('follows a rotation at once', async () => {
    const [old, next] = [await createSigner('k1'), await createSigner('k2')];
    await using server = await startKeyServer(old);
    const authenticate = authenticatorOf(server);
    expect(await outcomeOf(authenticate, `Bearer ${await old.sign()}`)).toHaveProperty('caller');
    server.keys = [next.jwk];
    const authorization = `Bearer ${await next.sign()}`;
    const callers = Array.from({ length: 20 }, () => outcomeOf(authenticate, authorization));
    for (const outcome of await Promise.all(callers)) expect(outcome).toHaveProperty('caller');
    expect(server.requests).toBe(2);
    expect(await outcomeOf(authenticate, `Bearer ${await old.sign()}`)).toEqual(INVALID);
  });

  test('is not fetched without end for keys that nobody has', async () => {
    const [signer, stranger] = [await createSigner('k1'), await createSigner('k2')];
    await using server = await startKeyServer(signer);
    const authenticate = authenticatorOf(server);
    for (let i = 0; i < 30; i += 1) {
      const token = await stranger.sign({}, { kid: `invented-${i}` });
      expect(await outcomeOf(authenticate, `Bearer ${token}`)).toEqual(INVALID);
    }
    expect(server.requests).toBeLessThanOrEqual(6);
    expect(await outcomeOf(authenticate, `Bearer ${await signer.sign()}`)).toHaveProperty('caller');
  });

  // The fetches of a minute could be used up in its first second by strangers: a rotation then waited for the rest of it.
  test('follows a rotation within 12 s, whatever strangers ask for', async () => {
    const [old, next, stranger] = await Promise.all(['k1', 'k2', 'k3'].map((kid) => createSigner(kid)));
    if (!old || !next || !stranger) throw new Error('no signers');
    await using server = await startKeyServer(old);
    const authenticate = authenticatorOf(server);
    const now = Date.now();
    vi.useFakeTimers({ now, toFake: ['Date'] });
    for (let i = 0; i < 30; i += 1) {
      await outcomeOf(authenticate, `Bearer ${await stranger.sign({}, { kid: `invented-${i}` })}`);
    }
    server.keys = [next.jwk];
    expect(await outcomeOf(authenticate, `Bearer ${await next.sign()}`)).toEqual(INVALID);
    vi.setSystemTime(now + 12_000);
    expect(await outcomeOf(authenticate, `Bearer ${await next.sign()}`)).toHaveProperty('caller');
  });

  test.each([
    { status: 503, body: '{}' },
    { status: 302, body: '' },
    { status: 200, body: '<html>' },
    { status: 200, body: '{"keys": 7}' },
  ])('that comes as %j is a 401 for the caller and an error in the log', async (failure) => {
    const signer = await createSigner('k1');
    await using server = await startKeyServer(signer);
    server.failure = failure;
    const lines: string[] = [];
    const authenticate = authenticatorOf(
      server,
      pino({ level: 'error' }, { write: (line) => lines.push(line) }),
    );
    const authorization = `Bearer ${await signer.sign()}`;
    for (let i = 0; i < 10; i += 1) expect(await outcomeOf(authenticate, authorization)).toEqual(INVALID);
    expect(lines.length).toBeGreaterThanOrEqual(1);
    expect(lines.join('')).toContain('key set');
    expect(server.requests).toBe(lines.length);
  });

  test('comes back by itself', async () => {
    const signer = await createSigner('k1');
    await using server = await startKeyServer(signer);
    server.failure = { status: 500, body: '' };
    const authenticate = authenticatorOf(server);
    const authorization = `Bearer ${await signer.sign()}`;
    expect(await outcomeOf(authenticate, authorization)).toEqual(INVALID);
    server.failure = undefined;
    await expect
      .poll(() => outcomeOf(authenticate, authorization), { timeout: 20_000 })
      .toHaveProperty('caller');
  });

  test('that nobody serves is a 401 too', async () => {
    const signer = await createSigner('k1');
    const server = await startKeyServer(signer);
    await server[Symbol.asyncDispose]();
    expect(await outcomeOf(authenticatorOf(server), `Bearer ${await signer.sign()}`)).toEqual(INVALID);
  });
});
