import type { RequestListener } from 'node:http';
import { createAuthenticator } from './auth/authenticator.ts';
import type { Identity } from './auth/identity.ts';
import type { Config } from './config.ts';
import { renderExplorer } from './explorer/page.ts';
import { createGraphiQLPage } from './http/graphiql.ts';
import { createHttpHandler } from './http/handler.ts';
import type { Lifecycle } from './http/lifecycle.ts';
import type { RateLimit } from './limits/rate-limit.ts';
import { createLoaders } from './loaders/index.ts';
import { ChatMemory } from './loaders/memory.ts';
import { Upstream } from './loaders/upstream.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { createServe } from './operation/serve.ts';
import { UpstreamHabits } from './paging/upstream-habits.ts';
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
  const onUnknownEnumValue = createUnknownEnumReporter(log, metrics);
  const onDefect = (error: unknown, requestId: string) => log.error({ err: error, requestId }, 'defect');

  const serve = createServe({
    schema,
    createContext({ signal, identity, headers }, traceparent = single(headers.traceparent)) {
      const { passthrough } = identity;
      const upstream = new Upstream({
        client: texter,
        token: passthrough?.texterToken ?? token() ?? '',
        signal,
        deadline: Date.now() + graphql.operationTimeoutMs,
        budget: graphql.upstreamBudget,
        traceparent,
        onReused: metrics.reused,
        ...(passthrough && { onAccepted: passthrough.accepted }),
      });
      const loaders = createLoaders(upstream, memory, graphql.maxPageSize);
      return { identity, upstream, loaders, onUnknownEnumValue };
    },
    maxCost: graphql.maxCost,
    maxPageSize: graphql.maxPageSize,
    rateLimit,
    hidesSchema: hidesSchema(config),
    showsCost: graphql.debugUpstream,
    onDefect,
    log,
    metrics,
    tracer: tracing?.tracer,
  });

  return createHttpHandler<Identity>({
    config: config.http,
    loopbackOnly: config.http.loopbackOnly,
    lifecycle,
    authenticate: createAuthenticator(config, log),
    execute: serve,
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

/** Callers of the other modes have shown a credential by the time that anything is executed. */
function hidesSchema({ graphql, auth }: Config): boolean {
  const isAnonymous = auth.mode === 'none' || auth.mode === 'passthrough';
  return graphql.introspection === 'off' || (graphql.introspection === 'authenticated' && isAnonymous);
}

function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
