import type { GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import type { GraphQLParams } from '../http/params.ts';
import type { DocumentCache } from '../limits/document-cache.ts';
import { parseWithinLimits } from '../limits/parse.ts';
import type { MaybePromise } from '../model/maybe-promise.ts';
import { type RawResult, useErrorCodes } from './error-codes.ts';
import type { Execute } from './execute.ts';
import { useDocumentCache } from './use-document-cache.ts';
import { useHiddenSchema } from './use-hidden-schema.ts';

export interface YogaOptions {
  readonly schema: GraphQLSchema;
  /** Where documents that passed are kept. */
  readonly documents: DocumentCache;
  /** Whether neither introspection nor errors may tell names of the schema. */
  readonly hidesSchema: boolean;
  readonly execute: Execute;
}

/** Takes a request through parsing, validation and execution. */
export type ThroughYoga = (
  params: GraphQLParams,
  method: 'GET' | 'POST',
  context: Context,
) => MaybePromise<RawResult>;

/** Yoga, without its HTTP edge, which is src/http; without masking, which is `presentable`. */
export function createThroughYoga({ schema, documents, hidesSchema, execute }: YogaOptions): ThroughYoga {
  const yoga = createYoga<Context>({
    schema,
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    maxRequestBodySize: false,
    parserAndValidationCache: documents,
    logging: false,
    maskedErrors: false,
    plugins: [
      useDocumentCache(documents),
      useParseLimits,
      hidesSchema && useHiddenSchema(),
      useErrorCodes(),
      useExecute(execute),
    ],
  });
  // Yoga wants the request that it came with; the edge has judged it, so one of each method serves all.
  const requests = {
    GET: new Request('http://gateway.invalid/graphql'),
    POST: new Request('http://gateway.invalid/graphql', { method: 'POST' }),
  };
  return (params, method, context) =>
    yoga.getResultForParams(
      { params: { ...params }, request: requests[method] },
      context,
    ) as MaybePromise<RawResult>;
}

const useParseLimits: Plugin = {
  onParse: ({ setParseFn }) => setParseFn(parseWithinLimits),
};

function useExecute(execute: Execute): Plugin<Context> {
  return { onExecute: ({ args, setExecuteFn }) => setExecuteFn(() => execute(args)) };
}
