import type { RequestListener } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { createAuthenticator } from './auth/authenticator.ts';
import type { Identity } from './auth/identity.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { renderExplorer } from './explorer/page.ts';
import { createGraphiQLPage } from './http/graphiql.ts';
import { createHttpHandler, type GraphQLRequest } from './http/handler.ts';
import type { Lifecycle } from './http/lifecycle.ts';
import { createDocumentCache } from './limits/document-cache.ts';
import type { RateLimit } from './limits/rate-limit.ts';
import { createLoaders } from './loaders/index.ts';
import { ChatMemory } from './loaders/memory.ts';
import { Upstream } from './loaders/upstream.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { UpstreamHabits } from './paging/upstream-habits.ts';
import { useDocumentCache } from './plugins/use-document-cache.ts';
import { useErrorCodes } from './plugins/use-error-codes.ts';
import { useIntrospection } from './plugins/use-introspection.ts';
import { useLimits } from './plugins/use-limits.ts';
import { useOperationLog } from './plugins/use-operation-log.ts';
import { usePlannedExecution } from './plugins/use-planned-execution.ts';
import { type Traced, useTracing } from './plugins/use-tracing.ts';
import { useUpstreamReport } from './plugins/use-upstream-report.ts';
import { schema } from './schema/index.ts';
import type { TexterClient } from './texter/client.ts';
import type { Tracing } from './tracing/start.ts';
import { createUnknownEnumReporter } from './unknown-enum-values.ts';

export interface GatewayDeps {
  readonly texter: TexterClient;
  /** The gateway's own Texter token as it is now; undefined where callers bring theirs. */
  readonly token: () => string | undefined;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly lifecycle: Lifecycle;
  /** Undefined: callers may spend what they like. */
  readonly rateLimit: RateLimit | undefined;
  /** Undefined: no traces are sent. */
  readonly tracing?: Tracing | undefined;
}

/** The gateway as a request listener. It neither listens nor holds anything but what it is given. */
export function createGateway(config: Config, deps: GatewayDeps): RequestListener {
  const { texter, token, log, metrics, lifecycle, rateLimit, tracing } = deps;
  const { graphql } = config;
  const memory = { chats: new ChatMemory(config.revisionCache), habits: new UpstreamHabits() };
  const documents = createDocumentCache();
  const onUnknownEnumValue = createUnknownEnumReporter(log, metrics);
  const onDefect = (error: unknown, requestId: string) => log.error({ err: error, requestId }, 'defect');

  const yoga = createYoga<GraphQLRequest<Identity> & Traced, Context>({
    schema,
    // What follows is the edge's, which is src/http.
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    maxRequestBodySize: false,
    parserAndValidationCache: documents,
    logging: false,
    // useErrorCodes masks, for every stage and with the request's id.
    maskedErrors: false,
    context: ({ signal, identity, headers, traceparent = headers.traceparent }) => {
      const { passthrough } = identity;
      const upstream = new Upstream({
        client: texter,
        token: passthrough?.texterToken ?? token() ?? '',
        signal,
        deadline: Date.now() + graphql.operationTimeoutMs,
        budget: graphql.upstreamBudget,
        onReused: metrics.reused,
        ...(typeof traceparent === 'string' && { traceparent }),
        ...(passthrough && { onAccepted: passthrough.accepted }),
      });
      return {
        identity,
        upstream,
        loaders: createLoaders(upstream, memory, graphql.maxPageSize),
        onUnknownEnumValue,
      };
    },
    plugins: [
      usePlannedExecution(),
      useDocumentCache(documents),
      useLimits({
        maxCost: graphql.maxCost,
        maxPageSize: graphql.maxPageSize,
        rateLimit,
        showCost: graphql.debugUpstream,
      }),
      useIntrospection(graphql.introspection),
      graphql.debugUpstream && useUpstreamReport(),
      useErrorCodes({ onDefect }),
      // Last: they report the codes that clients see.
      useOperationLog(log, metrics),
      tracing !== undefined && useTracing(tracing.tracer),
    ],
  });

  // Yoga wants the request that it came with; the edge has judged it, so one of each method serves all.
  const requests = {
    GET: new Request('http://gateway.invalid/graphql'),
    POST: new Request('http://gateway.invalid/graphql', { method: 'POST' }),
  };

  return createHttpHandler<Identity>({
    config: config.http,
    loopbackOnly: config.http.loopbackOnly,
    lifecycle,
    authenticate: createAuthenticator(config, log),
    execute: (request) =>
      yoga.getResultForParams(
        { params: { ...request.params }, request: requests[request.method] },
        request,
      ) as Promise<ExecutionResult>,
    graphiql: graphql.graphiql
      ? createGraphiQLPage(() =>
          renderExplorer({ upstream: config.upstream.kind, authMode: config.auth.mode }),
        )
      : undefined,
    metrics: config.http.metricsPort === undefined ? () => metrics.text() : undefined,
    onRefusal: (error, requestId) => log.debug({ code: error.code, requestId }, 'refused'),
    onDefect,
  });
}
