import type { Tracer } from '@opentelemetry/api';
import { type DocumentNode, type ExecutionResult, getOperationAST } from 'graphql';
import type { Identity } from '../auth/identity.ts';
import type { Context } from '../context.ts';
import type { GraphQLRequest } from '../http/handler.ts';
import { createDocumentCache } from '../limits/document-cache.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { MaybePromise } from '../model/maybe-promise.ts';
import { type OnDefect, presentable, type RawResult } from './error-codes.ts';
import { createExecute, type ExecuteOptions } from './execute.ts';
import type { KnownOperation } from './known-operation.ts';
import { createRecord } from './record.ts';
import { OperationSpan } from './trace.ts';
import { createThroughYoga } from './yoga.ts';

export interface ServeOptions extends ExecuteOptions {
  /** Makes what resolvers see. `traceparent` is that of the operation's span; undefined where no traces are sent. */
  readonly createContext: (request: GraphQLRequest<Identity>, traceparent: string | undefined) => Context;
  readonly onDefect: OnDefect;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer | undefined;
}

export type Serve = (request: GraphQLRequest<Identity>) => Promise<ExecutionResult>;

/**
 * Makes what answers GraphQL requests. Every operation is executed, counted, logged and traced here.
 *
 * The fast path: a document that has passed Yoga once is executed at once when it comes again, as nearly all do. Yoga's
 * way through its plugins finds nothing new then, and its cost was a third of that of a small operation.
 */
export function createServe(options: ServeOptions): Serve {
  const { schema, hidesSchema, createContext, onDefect, log, metrics, tracer } = options;
  const documents = createDocumentCache();
  const execute = createExecute(options);
  const throughYoga = createThroughYoga({ schema, documents, hidesSchema, execute });
  const record = createRecord(log, metrics);

  /** The operation that a request asks for, once its document is known to be valid. */
  function known({ params }: GraphQLRequest<Identity>): KnownOperation | undefined {
    const document = documents.documentCache.get(params.query);
    if (document === undefined || !documents.valid.has(document)) return undefined;
    const definition = getOperationAST(document, params.operationName);
    return definition ? { document, definition } : undefined;
  }

  function answer(
    { params, method }: GraphQLRequest<Identity>,
    document: DocumentNode | undefined,
    contextValue: Context,
  ): MaybePromise<RawResult> {
    // That a GET must not run a mutation is Yoga's to see to.
    if (document === undefined || method === 'GET') return throughYoga(params, method, contextValue);
    const { operationName, variables: variableValues } = params;
    return execute({ schema, document, operationName, variableValues, contextValue });
  }

  return async (request) => {
    const startedAt = performance.now();
    const span = tracer && new OperationSpan(tracer, request);
    const context = createContext(request, span?.traceparent);
    let operation = known(request);
    let raw: RawResult;
    try {
      raw = await answer(request, operation?.document, context);
    } catch (error) {
      raw = { errors: [error] };
    }
    const result = presentable(raw, request.requestId, onDefect);
    operation ??= known(request);
    record({ request, context, operation, result, durationMs: performance.now() - startedAt });
    span?.end(operation?.definition, result);
    return result;
  };
}
