import type { GraphQLErrorExtensions } from 'graphql';
import { type ErrorCode, GatewayError } from '../errors.ts';
import type { TexterError, TexterErrorKind } from '../texter/errors.ts';

const CODES: Readonly<Record<TexterErrorKind, ErrorCode>> = {
  unauthenticated: 'UPSTREAM_UNAUTHENTICATED',
  forbidden: 'UPSTREAM_FORBIDDEN',
  'not-found': 'NOT_FOUND',
  'bad-request': 'UPSTREAM_INVALID_RESPONSE',
  'rate-limited': 'UPSTREAM_RATE_LIMITED',
  timeout: 'UPSTREAM_TIMEOUT',
  unavailable: 'UPSTREAM_UNAVAILABLE',
  overloaded: 'UPSTREAM_OVERLOADED',
  'invalid-response': 'UPSTREAM_INVALID_RESPONSE',
  aborted: 'OPERATION_TIMEOUT',
};

const UNCERTAIN: ReadonlySet<ErrorCode> = new Set([
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_INVALID_RESPONSE',
  'OPERATION_TIMEOUT',
]);

/** What clients see of a failed REST call: the one place where kinds become codes. */
export function upstreamError(error: TexterError, fromCaller: boolean): GatewayError {
  const code = fromCaller && error.kind === 'bad-request' ? 'BAD_USER_INPUT' : CODES[error.kind];
  return new GatewayError(
    code,
    error.message,
    {
      ...(error.requiredScope !== undefined && { requiredScope: error.requiredScope }),
      ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
      ...applied(error, code),
    },
    error,
  );
}

/** `OPERATION_TIMEOUT`, for a call that the operation's deadline ended. */
export function operationTimeout(error: TexterError): GatewayError {
  return new GatewayError(
    'OPERATION_TIMEOUT',
    'The operation ran out of time.',
    applied(error, 'OPERATION_TIMEOUT'),
    error,
  );
}

/** A write whose fate is unsure says whether it may have been applied; reads have nothing to say. */
function applied(error: TexterError, code: ErrorCode): GraphQLErrorExtensions {
  if (error.endpoint !== 'crm' || !UNCERTAIN.has(code)) return {};
  return { applied: error.sent ? 'unknown' : 'no' };
}
