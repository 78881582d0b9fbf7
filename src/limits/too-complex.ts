import { GatewayError } from '../errors.ts';
import type { HttpExtension } from '../http/refusal.ts';

/** `QUERY_TOO_COMPLEX`: refused before anything runs, so with status 400 where GraphQL over HTTP has one. */
export function tooComplex(what: string, limit: number, actual: number): GatewayError {
  return new GatewayError(
    'QUERY_TOO_COMPLEX',
    `This operation has ${actual} ${what}; ${limit} are allowed.`,
    {
      limit,
      actual,
      http: { status: 400, spec: true } satisfies HttpExtension,
    },
  );
}
