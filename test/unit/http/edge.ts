import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  request,
} from 'node:http';
import { buildSchema, graphql } from 'graphql';
import type { GatewayError } from '../../../src/errors.ts';
import {
  createHttpHandler,
  type GraphQLRequest,
  type HttpHandlerOptions,
} from '../../../src/http/handler.ts';
import { Lifecycle } from '../../../src/http/lifecycle.ts';
import { refusal } from '../../../src/http/refusal.ts';
import { listen } from '../../../src/http/server.ts';

const schema = buildSchema('type Query { hello(name: String): String } type Mutation { write: String }');
const rootValue = { hello: ({ name = 'world' }) => `hello ${name}`, write: 'written' };

/** graphql-js alone, in the place of the gateway. */
export function executeWithGraphQL({ params, method }: GraphQLRequest<unknown>) {
  const { query, variables, operationName } = params;
  if (method === 'GET' && query.startsWith('mutation')) return { errors: [refusal(405, 'No.')] };
  return graphql({ schema, source: query, rootValue, variableValues: variables, operationName });
}

export interface Edge extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  readonly lifecycle: Lifecycle;
  /** What reached GraphQL. */
  readonly executed: GraphQLRequest<unknown>[];
  readonly refusals: GatewayError[];
  readonly defects: unknown[];
}

export interface StartOptions extends HttpHandlerOptions<unknown> {
  /** Sees each request before the edge does. */
  readonly onRequest: (req: IncomingMessage) => void;
}

/** The HTTP edge on a free port, in front of graphql-js. */
export async function startEdge({
  execute = executeWithGraphQL,
  onRequest,
  ...options
}: Partial<StartOptions> = {}): Promise<Edge> {
  const lifecycle = new Lifecycle();
  const executed: GraphQLRequest<unknown>[] = [];
  const refusals: GatewayError[] = [];
  const defects: unknown[] = [];
  const handler = createHttpHandler<unknown>({
    config: { corsOrigins: [], maxBodyBytes: 1000, trustProxy: [] },
    loopbackOnly: false,
    lifecycle,
    authenticate: () => 'somebody',
    execute: (graphqlRequest) => {
      executed.push(graphqlRequest);
      return execute(graphqlRequest);
    },
    graphiql: undefined,
    metrics: async () => 'up 1\n',
    onRefusal: (error) => refusals.push(error),
    onDefect: (error) => defects.push(error),
    ...options,
  });
  const listener: RequestListener = (req, res) => {
    onRequest?.(req);
    handler(req, res);
  };
  const server = await listen(listener, { host: '127.0.0.1', port: 0 });
  return {
    port: server.port,
    url: `http://127.0.0.1:${server.port}/graphql`,
    lifecycle,
    executed,
    refusals,
    defects,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** One chunk for each entry; chunked unless a content-length is given. */
  readonly body?: readonly (string | Buffer)[];
}

export interface Received {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends what fetch would not: any Host, any chunks. A GraphQL POST of `{ hello }` unless told otherwise. */
export function send(
  { port }: { port: number },
  { method = 'POST', path = '/graphql', headers = {}, body }: Sent = {},
): Promise<Received> {
  const posted = method === 'POST';
  return new Promise((resolve, reject) => {
    const req = request({
      port,
      method,
      path,
      agent: false,
      headers: { ...(posted && { 'content-type': 'application/json' }), ...headers },
    });
    req.on('error', reject);
    req.on('response', (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode, headers: res.headers, text }));
    });
    for (const chunk of body ?? (posted ? ['{"query":"{ hello }"}'] : [])) req.write(chunk);
    req.end();
  });
}

/** The code of the only error of an answer. */
export function codeOf({ text }: Received): unknown {
  const { errors } = JSON.parse(text);
  return errors.length === 1 ? errors[0].extensions.code : errors;
}
