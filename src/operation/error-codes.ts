import { type ExecutionResult, GraphQLError, Kind } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { ERROR_CODES, type ErrorCode, GatewayError } from '../errors.ts';

/** What came of a request, whatever was thrown on the way. */
export interface RawResult extends Pick<ExecutionResult, 'data' | 'extensions'> {
  readonly errors?: readonly unknown[];
}

/** Told of each defect; nothing else logs them. */
export type OnDefect = (error: unknown, requestId: string) => void;

const MAX_MESSAGE_LENGTH = 300;
const KNOWN: ReadonlySet<unknown> = new Set(ERROR_CODES);

/** Gives the errors of parsing and validation their codes, which nobody can tell apart later. */
export function useErrorCodes(): Plugin {
  return {
    onParse: () => (payload) => {
      if (payload.result instanceof GraphQLError) {
        payload.replaceParseResult(withCode(payload.result, 'GRAPHQL_PARSE_FAILED'));
      }
    },
    onValidate:
      () =>
      ({ result, setResult }) => {
        if (result.length > 0) setResult(result.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
      },
  };
}

/**
 * Gives every error of an answer a code of the closed list, whoever raised it, and replaces what is not meant for
 * clients: the one place where errors are masked.
 */
export function presentable(result: RawResult, requestId: string, onDefect: OnDefect): ExecutionResult {
  const { errors } = result;
  if (errors === undefined) return result as ExecutionResult;
  return { ...result, errors: errors.map((error) => presentableError(error, requestId, onDefect)) };
}

function presentableError(error: unknown, requestId: string, onDefect: OnDefect): GraphQLError {
  if (error instanceof GraphQLError) {
    if (KNOWN.has(error.extensions.code)) return error;
    if (isCoercionError(error)) return withCode(error, 'BAD_USER_INPUT');
  }
  onDefect(error, requestId);
  const defect = new GatewayError('INTERNAL_SERVER_ERROR', 'Something went wrong in the gateway.', {
    requestId,
  });
  return error instanceof GraphQLError ? located(defect, error) : defect;
}

/**
 * graphql-js refuses variables, operation names and arguments with plain errors. Those of variables and names never
 * reached a field and so have no path; those of arguments point at the argument, unlike a value that a resolver
 * returned and that its type cannot show.
 */
function isCoercionError(error: GraphQLError): boolean {
  if (error.path === undefined)
    return error.originalError === undefined || error.originalError instanceof GraphQLError;
  const { originalError } = error;
  return (
    originalError instanceof GraphQLError &&
    originalError.nodes !== undefined &&
    originalError.nodes.every(({ kind }) => kind !== Kind.FIELD)
  );
}

function withCode(error: GraphQLError, code: ErrorCode): GraphQLError {
  if (KNOWN.has(error.extensions.code)) return error;
  return located(
    new GraphQLError(brief(error.message), { extensions: { ...error.extensions, code } }),
    error,
  );
}

/** graphql-js repeats the value that it refuses, however long it is. */
function brief(message: string): string {
  return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}...` : message;
}

/** The same error at another one's place in document and answer. */
function located(error: GraphQLError, at: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: at.nodes ?? null,
    source: at.source ?? null,
    positions: at.positions ?? null,
    path: at.path ?? null,
    extensions: error.extensions,
  });
}
