import type { Config } from '../config.ts';
import type { Caller } from '../http/handler.ts';
import type { Logger } from '../log.ts';
import { apiKeyAuthenticator } from './api-key.ts';
import { addressOf, type Identity } from './identity.ts';
import { passthroughAuthenticator } from './passthrough.ts';

/**
 * Says who a caller is. Throws a `GatewayError` that carries its HTTP answer under `extensions.http`: 401
 * `UNAUTHENTICATED` without a valid credential, 403 `FORBIDDEN` with one that has no scope at all.
 */
export type Authenticator = (
  caller: Pick<Caller, 'headers' | 'remoteAddress'>,
) => Identity | Promise<Identity>;

/** The authenticator of an AUTH_MODE. Makes no REST call; AUTH_MODE `jwt` fetches the key set when it needs it. */
export function createAuthenticator(
  { auth, proxy }: Pick<Config, 'auth' | 'proxy'>,
  log: Logger,
): Authenticator {
  switch (auth.mode) {
    case 'none':
      return ({ remoteAddress }) => ({
        caller: addressOf(remoteAddress),
        canWrite: true,
        passthrough: undefined,
      });
    case 'api-key':
      return apiKeyAuthenticator(auth.keys);
    case 'jwt':
      return verifyingJwts(auth, proxy, log);
    case 'passthrough':
      return passthroughAuthenticator();
  }
}

/** What verifies signatures is loaded for AUTH_MODE `jwt` alone. */
function verifyingJwts(
  auth: Extract<Config['auth'], { mode: 'jwt' }>,
  proxy: Config['proxy'],
  log: Logger,
): Authenticator {
  const loaded = Promise.all([import('./jwt.ts'), import('./key-set.ts')]).then(
    ([{ jwtAuthenticator }, { createKeySet }]) =>
      jwtAuthenticator(auth, createKeySet(auth.jwksUrl, proxy, log)),
  );
  return async (caller) => (await loaded)(caller);
}
