import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

/** A request as it arrived, with the means to answer it. */
export interface Received {
  readonly method: string;
  /** Path and query below `/server/api/v2`. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly response: ServerResponse;
  /** Whether the client ended the connection before it was answered. */
  readonly aborted: boolean;
  /** Answers with JSON; 200 unless said otherwise. */
  json(value: unknown, status?: number, headers?: Record<string, string>): void;
}

export interface Upstream extends AsyncDisposable {
  readonly baseUrl: string;
  /** In the order of their arrival. */
  readonly requests: readonly Received[];
  /** Connections that are open now. */
  readonly connections: number;
  readonly maxConnections: number;
}

const BASE_PATH = '/server/api/v2';

/** A REST server on loopback that answers as the test says; `index` counts the requests from 0. */
export async function startUpstream(answer: (request: Received, index: number) => void): Promise<Upstream> {
  const requests: Received[] = [];
  const server = createServer(async (incoming, response) => {
    let body = '';
    let aborted = false;
    response.on('close', () => {
      aborted = !response.writableFinished;
    });
    incoming.setEncoding('utf8');
    for await (const chunk of incoming) body += chunk;
    const request: Received = {
      method: incoming.method ?? '',
      path: (incoming.url ?? '').slice(BASE_PATH.length),
      headers: incoming.headers,
      body,
      response,
      get aborted() {
        return aborted;
      },
      json(value, status = 200, headers = {}) {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(value));
      },
    };
    requests.push(request);
    answer(request, requests.length - 1);
  });
  const sockets = track(server);
  const port = await listen(server);
  return {
    baseUrl: `http://127.0.0.1:${port}${BASE_PATH}`,
    requests,
    get connections() {
      return sockets.open.size;
    },
    get maxConnections() {
      return sockets.most;
    },
    [Symbol.asyncDispose]: () => close(server, sockets.open),
  };
}

/** A server that speaks bytes: what it sends is not held to HTTP. */
export async function startRawUpstream(
  connected: (socket: Socket) => void,
): Promise<AsyncDisposable & { readonly baseUrl: string; readonly port: number }> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    connected(socket);
  });
  const sockets = track(server);
  const port = await listen(server);
  return {
    port,
    baseUrl: `http://127.0.0.1:${port}${BASE_PATH}`,
    [Symbol.asyncDispose]: () => close(server, sockets.open),
  };
}

/** The base URL of a port that nothing listens on. */
export async function closedPort(): Promise<string> {
  const server = createTcpServer();
  const port = await listen(server);
  await close(server, new Set());
  return `http://127.0.0.1:${port}${BASE_PATH}`;
}

function track(server: Server): { readonly open: Set<Socket>; most: number } {
  const sockets = { open: new Set<Socket>(), most: 0 };
  server.on('connection', (socket) => {
    sockets.open.add(socket);
    sockets.most = Math.max(sockets.most, sockets.open.size);
    socket.on('close', () => sockets.open.delete(socket));
  });
  return sockets;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!isAddress(address)) throw new Error('not listening on TCP');
  return address.port;
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

async function close(server: Server, sockets: Set<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}
