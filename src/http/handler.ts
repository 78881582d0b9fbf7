import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Config } from '../config.ts';
import { GatewayError } from '../errors.ts';
import { ClientLeft, discardBody, readBody } from './body.ts';
import { createCors, isPreflight } from './cors.ts';
import type { GraphiQLPage } from './graphiql.ts';
import { writeAnswer } from './graphql-answer.ts';
import { isLoopbackHost } from './host-check.ts';
import type { Lifecycle } from './lifecycle.ts';
import { isJsonBody, negotiate } from './media-types.ts';
import { type GraphQLParams, paramsOfBody, paramsOfQuery } from './params.ts';
import { refusal } from './refusal.ts';
import { remoteAddressOf } from './remote-address.ts';
import { Reply } from './reply.ts';
import { requestIdOf } from './request-id.ts';

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
  /** Aborted when the client leaves; or, with a `GatewayError` as its reason, when the gateway stops. */
  readonly signal: AbortSignal;
}

export interface HttpHandlerOptions<Identity> {
  readonly config: Pick<Config['http'], 'corsOrigins' | 'maxBodyBytes' | 'trustProxy'>;
  /** Answer only to Host headers that name this machine. */
  readonly loopbackOnly: boolean;
  readonly lifecycle: Lifecycle;
  /** Throws a `GatewayError` with its HTTP status under `extensions.http` for who is not let in. */
  readonly authenticate: (caller: Caller) => Identity | Promise<Identity>;
  /** Runs an operation, with all limits that need the document. Refuses by a result without data. */
  readonly execute: (request: GraphQLRequest<Identity>) => ExecutionResult | PromiseLike<ExecutionResult>;
  /** Undefined where GraphiQL is off. */
  readonly graphiql: GraphiQLPage | undefined;
  /** The Prometheus text; undefined where /metrics has a port of its own. */
  readonly metrics: (() => Promise<string>) | undefined;
  /** Told of requests that were refused before GraphQL. */
  readonly onRefusal: (error: GatewayError, requestId: string) => void;
  /** Told of errors that are nobody's but ours; the client sees the request id only. */
  readonly onDefect: (error: unknown, requestId: string) => void;
}

/**
 * The HTTP edge, written on node:http alone: building a WHATWG Request and Response for each call and passing
 * the body through streams costs more than the rest of a small operation.
 */
export function createHttpHandler<Identity>(options: HttpHandlerOptions<Identity>): RequestListener {
  const { config, lifecycle } = options;
  const cors = createCors(config.corsOrigins);

  // Every request, in this order. The first step that has something against it throws the refusal.
  async function serve(req: IncomingMessage, res: ServerResponse, reply: Reply): Promise<void> {
    if (options.loopbackOnly && !isLoopbackHost(req.headers.host)) {
      throw refusal(403, 'This gateway has no authentication and answers to loopback host names only.');
    }
    const [path, query] = splitUrl(req.url);
    switch (path) {
      case '/graphql':
        return serveGraphQL(req, res, reply, query);
      case '/health':
        allow(req, 'GET', 'HEAD');
        return reply.json(200, { status: 'ok' });
      case '/ready':
        allow(req, 'GET', 'HEAD');
        return lifecycle.draining
          ? reply.json(503, { status: 'draining' })
          : reply.json(200, { status: 'ready' });
      case '/metrics':
        if (options.metrics === undefined) break;
        allow(req, 'GET', 'HEAD');
        return reply.send(200, METRICS_HEADERS, await options.metrics());
    }
    throw refusal(404, 'There is nothing at this path.');
  }

  async function serveGraphQL(req: IncomingMessage, res: ServerResponse, reply: Reply, query: string) {
    const { headers } = req;
    // 1. CORS, so that a page may read refusals too. A preflight carries no credential and ends here.
    if (isPreflight(req.method, headers)) return reply.send(204, cors.preflight(headers.origin));
    reply.add(cors.headers(headers.origin));

    // 2. The method, and GraphiQL for browsers.
    const method = allow(req, 'GET', 'POST');
    if (method === 'GET' && options.graphiql && headers.accept?.includes('text/html')) {
      return sendPage(headers, reply, options.graphiql);
    }

    // 3. The kind of request: only what a foreign page cannot send without a preflight.
    const type = negotiate(headers.accept);
    if (type === undefined)
      throw refusal(406, 'Answers are application/json or application/graphql-response+json.');
    if (method === 'GET') requirePreflightHeader(headers);
    else requireJsonBody(headers);

    // From here on a stop waits for the answer.
    const abort = new AbortController();
    const operation = {
      abort: (reason: GatewayError) => abort.abort(reason),
      answer: (error: GatewayError) => {
        const { status, headers, body } = writeAnswer({ errors: [error], data: null }, type);
        reply.send(status, headers, body);
      },
    };
    lifecycle.begin(operation);
    res.once('close', () => {
      lifecycle.end(operation);
      if (!res.writableFinished) abort.abort();
    });

    // 4. The caller, before the body: strangers get no memory.
    const caller = {
      headers,
      remoteAddress: remoteAddressOf(
        req.socket.remoteAddress ?? '',
        headers['x-forwarded-for'],
        config.trustProxy,
      ),
      requestId: reply.requestId,
    };
    const identity = await options.authenticate(caller);

    // 5. The parameters.
    const params =
      method === 'GET' ? paramsOfQuery(query) : paramsOfBody(await readBody(req, config.maxBodyBytes));

    // 6. GraphQL.
    const result = await options.execute({ ...caller, params, method, identity, signal: abort.signal });
    const answer = writeAnswer(result, type);
    reply.send(answer.status, answer.headers, answer.body);
  }

  function fail(error: unknown, req: IncomingMessage, reply: Reply): void {
    if (error instanceof ClientLeft) return;
    const known = error instanceof GatewayError;
    if (known) options.onRefusal(error, reply.requestId);
    else options.onDefect(error, reply.requestId);
    const shown = known ? error : internalError(reply.requestId);
    const answer = writeAnswer({ errors: [shown] }, negotiate(req.headers.accept) ?? 'application/json');
    reply.send(answer.status, answer.headers, answer.body);
    if (!req.complete) discardBody(req);
  }

  return (req, res) => {
    const reply = new Reply(res, requestIdOf(req.headers));
    if (lifecycle.draining) reply.add(['connection', 'close']);
    serve(req, res, reply).catch((error: unknown) => fail(error, req, reply));
  };
}

const METRICS_HEADERS = ['content-type', 'text/plain; version=0.0.4; charset=utf-8'];

/** Headers that make browsers ask first; a page of another origin can send a GET with neither. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-graphql-yoga-csrf'] as const;

function requirePreflightHeader(headers: IncomingHttpHeaders): void {
  if (PREFLIGHT_HEADERS.some((name) => headers[name] !== undefined)) return;
  throw refusal(400, `A GET needs a header ${PREFLIGHT_HEADERS.join(' or ')}.`);
}

function requireJsonBody(headers: IncomingHttpHeaders): void {
  if (!isJsonBody(headers['content-type']) || (headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw refusal(415, 'A POST must have the content type application/json, in UTF-8 and not encoded.');
  }
}

function allow<const Method extends string>(req: IncomingMessage, ...methods: Method[]): Method {
  const method = methods.find((name) => name === req.method);
  if (method !== undefined) return method;
  const allowed = methods.join(', ');
  throw refusal(405, `The methods here are ${allowed}.`, { headers: { allow: allowed } });
}

function splitUrl(url = '/'): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

async function sendPage(headers: IncomingHttpHeaders, reply: Reply, graphiql: GraphiQLPage): Promise<void> {
  const page = await graphiql();
  if (headers['if-none-match'] === page.etag) return reply.send(304, page.headers);
  if (/\bgzip\b/.test(headers['accept-encoding']?.toString() ?? '')) {
    reply.send(200, [...page.headers, 'content-encoding', 'gzip'], page.gzipped);
  } else {
    reply.send(200, page.headers, page.html);
  }
}

function internalError(requestId: string): GatewayError {
  return new GatewayError('INTERNAL_SERVER_ERROR', 'Something went wrong here.', { requestId });
}
