import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Config } from '../config.ts';
import type { LeaveSignal } from '../leave-signal.ts';
import { createEdge, type EdgeOptions, type Endpoint } from './edge.ts';
import type { GraphiQLPage } from './graphiql.ts';
import { createGraphQLEndpoint } from './graphql-endpoint.ts';
import type { GraphQLParams } from './params.ts';
import { health, metrics, ready } from './probes.ts';

/** Who sent a request, before anything of it is believed. */
export interface Caller {
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string;
  readonly requestId: string;
}

/** One GraphQL request that passed the edge. */
export interface GraphQLRequest<Identity> extends Caller {
  readonly params: GraphQLParams;
  /** A GET must not run a mutation. */
  readonly method: 'GET' | 'POST';
  readonly identity: Identity;
  /** Aborted when the client leaves, and when the gateway must stop before the operation is done. */
  readonly signal: LeaveSignal;
}

export interface HttpHandlerOptions<Identity> extends EdgeOptions {
  readonly config: Pick<Config['http'], 'corsOrigins' | 'maxBodyBytes' | 'trustProxy'>;
  /** Throws a `GatewayError` with its HTTP status under `extensions.http` for who is not let in. */
  readonly authenticate: (caller: Caller) => Identity | Promise<Identity>;
  /** Runs an operation, with all limits that need the document. Refuses by a result without data. */
  readonly execute: (request: GraphQLRequest<Identity>) => ExecutionResult | PromiseLike<ExecutionResult>;
  /** Undefined where GraphiQL is off. */
  readonly graphiql: GraphiQLPage | undefined;
  /** The Prometheus text; undefined where /metrics has a port of its own. */
  readonly metrics: (() => Promise<string>) | undefined;
}

/**
 * The HTTP edge, on node:http alone: building a WHATWG Request and Response for each call and passing the body
 * through streams costs more than the rest of a small operation.
 */
export function createHttpHandler<Identity>(options: HttpHandlerOptions<Identity>): RequestListener {
  const routes = new Map<string, Endpoint>([
    ['/graphql', createGraphQLEndpoint(options)],
    ['/health', health],
    ['/ready', ready(options.lifecycle)],
  ]);
  if (options.metrics) routes.set('/metrics', metrics(options.metrics));
  return createEdge(routes, options);
}

/** /metrics alone, for a port of its own. */
export function createMetricsHandler(text: () => Promise<string>, options: EdgeOptions): RequestListener {
  return createEdge(new Map([['/metrics', metrics(text)]]), options);
}
