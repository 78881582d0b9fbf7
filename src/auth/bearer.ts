import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../errors.ts';
import { type HttpExtension, refusal } from '../http/refusal.ts';
import { READ_SCOPE } from './identity.ts';

const CREDENTIAL = /^Bearer +([\x21-\x7e]+) *$/i;
const CHALLENGE = 'Bearer realm="texter-graphql-gateway"';

/** What stands behind `Authorization: Bearer`. Throws the 401 for a request without. */
export function bearerToken({ authorization }: IncomingHttpHeaders): string {
  const token = CREDENTIAL.exec(authorization ?? '')?.[1];
  if (token !== undefined) return token;
  throw challenge(CHALLENGE, 'This gateway needs a credential: Authorization: Bearer <credential>.');
}

/** The 401 for a credential that is not, or no longer, valid. It does not say why: that helps nobody honest. */
export function invalidToken(): GatewayError {
  return challenge(`${CHALLENGE}, error="invalid_token"`, 'The credential is not valid here.');
}

/** The 403 for a valid credential that allows nothing. */
export function noScope(): GatewayError {
  const header = `${CHALLENGE}, error="insufficient_scope", scope="${READ_SCOPE}"`;
  return new GatewayError('FORBIDDEN', `The credential lacks the scope ${READ_SCOPE}.`, {
    requiredScope: READ_SCOPE,
    http: { status: 403, headers: { 'www-authenticate': header } } satisfies HttpExtension,
  });
}

/** Challenges are worded as in RFC 6750, section 3: a request without a credential is told of no error. */
function challenge(header: string, message: string): GatewayError {
  return refusal(401, message, { code: 'UNAUTHENTICATED', headers: { 'www-authenticate': header } });
}
