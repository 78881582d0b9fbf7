import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export interface Signer {
  readonly jwk: JWK;
  /** A token with the claims of an honest one, those given here in place of them; null leaves one out. */
  sign(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
}

export const ISSUER = 'https://issuer.test/';
export const AUDIENCE = 'texter-gateway';

export async function createSigner(kid: string, alg = 'ES256'): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    sign(claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000);
      const all = {
        iss: ISSUER,
        aud: AUDIENCE,
        sub: 'user-1',
        exp: now + 600,
        scope: 'texter:read',
        ...claims,
      };
      const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
      return new SignJWT(payload).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
    },
  };
}

export interface KeyServer extends AsyncDisposable {
  readonly url: URL;
  /** How often the set was asked for. */
  readonly requests: number;
  keys: readonly JWK[];
  /** What to answer instead of the set. */
  failure: { status: number; body: string } | undefined;
}

/** Serves a key set on loopback. */
export async function startKeyServer(...signers: readonly Signer[]): Promise<KeyServer> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    const { failure, keys } = state;
    response.writeHead(failure?.status ?? 200, { 'content-type': 'application/json' });
    response.end(failure?.body ?? JSON.stringify({ keys }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const state: KeyServer = {
    url: new URL(`http://127.0.0.1:${port}/jwks.json`),
    get requests() {
      return requests;
    },
    keys: signers.map(({ jwk }) => jwk),
    failure: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return state;
}
