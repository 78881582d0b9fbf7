import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';

/** Every `extensions.code` that an answer of the gateway can carry; nothing else is ever sent. */
export const ERROR_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'QUERY_TOO_COMPLEX',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'RATE_LIMITED',
  'UPSTREAM_UNAUTHENTICATED',
  'UPSTREAM_FORBIDDEN',
  'UPSTREAM_RATE_LIMITED',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_OVERLOADED',
  'UPSTREAM_BUDGET_EXCEEDED',
  'UPSTREAM_INVALID_RESPONSE',
  'RECORD_UNAVAILABLE',
  'OPERATION_TIMEOUT',
  'INTERNAL_SERVER_ERROR',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * An error that clients see. Its message is part of the answer: it names what was wrong, never a token,
 * an upstream host, a stack or upstream data.
 */
export class GatewayError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, extensions: GraphQLErrorExtensions = {}, cause?: Error) {
    super(message, { extensions: { ...extensions, code }, originalError: cause ?? null });
    this.name = 'GatewayError';
    this.code = code;
  }
}

/** `BAD_USER_INPUT`: the caller can mend this by sending something else. */
export function badUserInput(message: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', message);
}
