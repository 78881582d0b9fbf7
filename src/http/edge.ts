import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { GatewayError } from '../errors.ts';
import { ClientLeft, discardBody } from './body.ts';
import { writeAnswer } from './graphql-answer.ts';
import { isLoopbackHost } from './host-check.ts';
import type { Lifecycle } from './lifecycle.ts';
import { negotiate } from './media-types.ts';
import { refusal } from './refusal.ts';
import { Reply } from './reply.ts';
import { requestIdOf } from './request-id.ts';

/** One request and its answer in the making. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly reply: Reply;
  /** The query string without its question mark. */
  readonly query: string;
}

/** What answers at a path. A `GatewayError` that it throws is the answer, with its HTTP status. */
export type Endpoint = (exchange: Exchange) => void | Promise<void>;

export interface EdgeOptions {
  readonly lifecycle: Lifecycle;
  /** Answer only to Host headers that name this machine. */
  readonly loopbackOnly: boolean;
  /** Told of requests that were refused before GraphQL. */
  readonly onRefusal: (error: GatewayError, requestId: string) => void;
  /** Told of errors that are nobody's but ours; the client sees the request id only. */
  readonly onDefect: (error: unknown, requestId: string) => void;
}

/** What holds for every path: the request id, the host, the exact routes, and how errors become answers. */
export function createEdge(routes: ReadonlyMap<string, Endpoint>, options: EdgeOptions): RequestListener {
  async function serve(req: IncomingMessage, res: ServerResponse, reply: Reply): Promise<void> {
    if (req.headers.host === undefined && req.httpVersion === '1.1') {
      throw refusal(400, 'A request by HTTP/1.1 needs a Host header.');
    }
    if (options.loopbackOnly && !isLoopbackHost(req.headers.host)) {
      throw refusal(403, 'This gateway has no authentication and answers to loopback host names only.');
    }
    const [path, query] = splitUrl(req.url);
    const endpoint = routes.get(path);
    if (endpoint === undefined) throw refusal(404, 'There is nothing at this path.');
    await endpoint({ req, res, reply, query });
  }

  function fail(error: unknown, req: IncomingMessage, reply: Reply): void {
    if (error instanceof ClientLeft) return;
    const refused = error instanceof GatewayError;
    if (refused) options.onRefusal(error, reply.requestId);
    else options.onDefect(error, reply.requestId);
    const shown = refused ? error : internalError(reply.requestId);
    reply.answer(writeAnswer({ errors: [shown] }, negotiate(req.headers.accept) ?? 'application/json'));
    if (!req.complete) discardBody(req);
  }

  return (req, res) => {
    const reply = new Reply(res, requestIdOf(req.headers));
    if (options.lifecycle.draining) reply.add(['connection', 'close']);
    serve(req, res, reply).catch((error: unknown) => fail(error, req, reply));
  };
}

/** The request's method, if it is one of these; else 405, with the ones that are allowed. */
export function allow<Method extends string>(req: IncomingMessage, methods: readonly Method[]): Method {
  for (const method of methods) if (method === req.method) return method;
  const allowed = methods.join(', ');
  throw refusal(405, `The methods here are ${allowed}.`, { headers: { allow: allowed } });
}

function splitUrl(url = '/'): [path: string, query: string] {
  const mark = url.indexOf('?');
  return mark === -1 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function internalError(requestId: string): GatewayError {
  return new GatewayError('INTERNAL_SERVER_ERROR', 'Something went wrong here.', { requestId });
}
