import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Authenticator } from './authenticator.ts';
import { bearerToken, invalidToken, noScope } from './bearer.ts';
import { READ_SCOPE, WRITE_SCOPE } from './identity.ts';

export interface JwtOptions {
  readonly issuer: string;
  readonly audience: string;
}

/** Signatures whose key cannot also make them. `none` and HMAC, keyed with a public key, are the classic forgeries. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** AUTH_MODE `jwt`: the caller is the token's issuer and subject; `scope` or `scp` says what they may do. */
export function jwtAuthenticator({ issuer, audience }: JwtOptions, keySet: JWTVerifyGetKey): Authenticator {
  return async ({ headers }) => {
    const token = bearerToken(headers);
    const { payload } = await jwtVerify(token, keySet, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['exp'],
    }).catch(() => {
      // Whatever went wrong, the token is not verified. What is the key set's fault, the key set logs.
      throw invalidToken();
    });
    const scopes = scopesOf(payload);
    const canWrite = scopes.has(WRITE_SCOPE);
    if (!canWrite && !scopes.has(READ_SCOPE)) throw noScope();
    return {
      caller: `jwt:${issuer} ${payload.sub ?? ''}`,
      canWrite,
      passthrough: undefined,
    };
  };
}

/** `scope` is one text by RFC 8693; `scp` is a list with Okta and one text with Entra ID. Either form is read of both. */
function scopesOf(payload: JWTPayload): ReadonlySet<unknown> {
  const claims = [payload.scope, payload.scp].flat();
  return new Set(claims.flatMap((claim) => (typeof claim === 'string' ? claim.split(' ') : [])));
}
