import type { Authenticator } from '../../../src/auth/authenticator.ts';
import type { Identity } from '../../../src/auth/identity.ts';
import { GatewayError } from '../../../src/errors.ts';

type Refusal = readonly [code: string, status: number, challenge: string | undefined];

/** Who somebody with this Authorization header is, or how they are refused. */
export async function outcomeOf(
  authenticate: Authenticator,
  authorization: string | undefined,
  remoteAddress = '192.0.2.1',
): Promise<Identity | Refusal> {
  try {
    return await authenticate({
      headers: authorization === undefined ? {} : { authorization },
      remoteAddress,
    });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const { status, headers } = error.extensions.http as { status: number; headers?: Record<string, string> };
    return [error.code, status, headers?.['www-authenticate']];
  }
}
