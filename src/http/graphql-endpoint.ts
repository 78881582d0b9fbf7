import type { IncomingHttpHeaders } from 'node:http';
import { TurnBatch } from '../turn.ts';
import { readBody } from './body.ts';
import { createCors, isPreflight } from './cors.ts';
import { allow, type Endpoint } from './edge.ts';
import type { GraphiQLPage } from './graphiql.ts';
import { writeAnswer } from './graphql-answer.ts';
import type { HttpHandlerOptions } from './handler.ts';
import { isJsonBody, negotiate } from './media-types.ts';
import { paramsOfBody, paramsOfQuery } from './params.ts';
import { refusal } from './refusal.ts';
import { remoteAddressOf } from './remote-address.ts';
import type { Reply } from './reply.ts';
import { UnderWay } from './under-way.ts';

const METHODS = ['GET', 'POST'] as const;

/** /graphql: what a request passes, in this order, before and after its operation runs. */
export function createGraphQLEndpoint<Identity>(options: HttpHandlerOptions<Identity>): Endpoint {
  const { config, lifecycle, graphiql } = options;
  const cors = createCors(config.corsOrigins);
  const arrivals = new TurnBatch<() => void>((goOn) => goOn());

  return async ({ req, res, reply, query }) => {
    const { headers } = req;
    // 1. CORS, so that a page may read refusals too. A preflight carries no credential and ends here.
    if (isPreflight(req.method, headers)) return reply.send(204, cors.preflight(headers.origin));
    reply.add(cors.headers(headers.origin));

    // 2. The method, and GraphiQL for browsers.
    const method = allow(req, METHODS);
    if (method === 'GET' && graphiql && headers.accept?.includes('text/html')) {
      return sendPage(headers, reply, graphiql);
    }

    // 3. The kind of request: nothing that a foreign page can send without a preflight.
    const type = negotiate(headers.accept);
    if (type === undefined) {
      throw refusal(406, 'Answers are application/json or application/graphql-response+json.');
    }
    if (method === 'GET') requirePreflightHeader(headers);
    else requireJsonBody(headers);

    // From here on a stop waits for the answer, and leaving aborts.
    const signal = new UnderWay(lifecycle, res, reply, type);

    // Now, because a connection that has broken has none.
    const remoteAddress = remoteAddressOf(
      req.socket.remoteAddress ?? '',
      headers['x-forwarded-for'],
      config.trustProxy,
    );

    // What costs something is done with other requests that come about now.
    await new Promise<void>((goOn) => arrivals.add(goOn));

    // 4. The caller, before the body: strangers get no memory.
    const { requestId } = reply;
    const identity = await options.authenticate({ headers, remoteAddress, requestId });

    // 5. The parameters.
    const params =
      method === 'GET' ? paramsOfQuery(query) : paramsOfBody(await readBody(req, config.maxBodyBytes));

    // 6. GraphQL.
    const result = await options.execute({
      headers,
      remoteAddress,
      requestId,
      params,
      method,
      identity,
      signal,
    });
    reply.answer(writeAnswer(result, type));
  };
}

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

async function sendPage(headers: IncomingHttpHeaders, reply: Reply, graphiql: GraphiQLPage): Promise<void> {
  const page = await graphiql();
  if (headers['if-none-match'] === page.etag) return reply.send(304, page.headers);
  if (/\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))) {
    reply.send(200, [...page.headers, 'content-encoding', 'gzip'], page.gzipped);
  } else {
    reply.send(200, page.headers, page.html);
  }
}
