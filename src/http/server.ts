import { once } from 'node:events';
import { createServer, type RequestListener, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { writeAnswer } from './graphql-answer.ts';
import { refusal } from './refusal.ts';
import { requestIdOf } from './request-id.ts';

export interface HttpServer {
  /** The port it listens on; the one that was free where 0 was asked for. */
  readonly port: number;
  /** Stops listening and ends every connection; what is not yet answered is lost. */
  close(): Promise<void>;
}

/** Whole headers must have come by then, and whole bodies: slow senders hold no connection for long. Ms. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Above the idle timeout of common load balancers (60 s), which else reuse a connection as it is closed. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** Rejects with the system's error (`EADDRINUSE` and its like) when it cannot listen. */
export async function listen(
  handler: RequestListener,
  { host, port }: { host: string; port: number },
): Promise<HttpServer> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // The edge refuses a request without one, and says so in JSON and under a request id.
      requireHostHeader: false,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    },
    handler,
  );
  // node:http answers these by itself otherwise, without a request id.
  server.on('checkExpectation', handler);
  server.on('clientError', answerMalformed);
  server.listen(port, host);
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What node:http could not parse as a request at all, or did not get in time. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const { headers, body } = writeAnswer(
    { errors: [refusal(status, 'This is no well-formed HTTP request.')] },
    'application/json',
  );
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, `x-request-id: ${requestIdOf({})}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  lines.push('connection: close', `content-length: ${Buffer.byteLength(body)}`, '', body);
  socket.end(lines.join('\r\n'));
}
