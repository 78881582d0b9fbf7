import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

/** What must not be seen, by kind. */
export const PLANTED = {
  /** In bodies that are no answers: of refusals, of broken JSON, of wrong types. */
  body: 'planted-rest-body',
  /** In messages and CRM data, which are answers' business and nobody else's. */
  data: 'planted-conversation',
  /** In headers. */
  header: 'planted-rest-header',
  /** Of the place that a redirect leads to. */
  redirect: 'planted-redirect.test',
} as const;

export interface HostileUpstream extends AsyncDisposable {
  readonly url: string;
  /** As it stands in its URL. */
  readonly host: string;
  answer: (response: ServerResponse, path: string) => void;
  /** Requests that were answered in the present way. */
  seen: number;
}

/** A Texter that answers as it is told, on a loopback address that nothing else has. */
export async function startHostileUpstream(): Promise<HostileUpstream> {
  const host = '127.77.66.55';
  const server = createServer((request, response) => {
    upstream.seen += 1;
    request.resume().once('end', () => upstream.answer(response, request.url ?? ''));
  });
  await once(server.listen(0, host), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const upstream: HostileUpstream = {
    url: `http://${host}:${port}/server/api/v2`,
    host,
    answer: honest,
    seen: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return upstream;
}

const CHAT = {
  _id: 'c1',
  title: PLANTED.data,
  channelInfo: { name: 'whatsapp', id: '972500000001', accountId: '1' },
  status: 77,
  updatedAt: '2026-01-01T00:00:00.000Z',
  lastMessage: { type: 'text', text: PLANTED.data },
  crmData: { note: PLANTED.data },
};
const MESSAGE = {
  _id: 'm1',
  timestamp: 1_700_000_000_000,
  direction: 'sideways',
  type: 'text',
  text: PLANTED.data,
};

/** As Texter would, with values that the schema does not know among them, which are warned about. */
export function honest(response: ServerResponse, path: string): void {
  if (path.includes('/chats/search')) respond(response, 200, { data: [CHAT], total: 1 });
  else if (path.includes('/messages/'))
    respond(response, 200, { messages: [MESSAGE], minTime: MESSAGE.timestamp, maxTime: MESSAGE.timestamp });
  else respond(response, 200, { success: true, ...CHAT });
}

export function respond(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-planted': PLANTED.header, ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Every way to fail that carries something. */
export const FAULTS: Readonly<Record<string, HostileUpstream['answer']>> = {
  ...Object.fromEntries(
    [400, 401, 403, 404, 409, 418, 429, 500, 502, 503].map((status) => [
      `status ${status}`,
      (response: ServerResponse) =>
        respond(
          response,
          status,
          { error: PLANTED.body, stack: `Error: ${PLANTED.body}\n    at x` },
          { 'retry-after': '1' },
        ),
    ]),
  ),
  'a page': (response) =>
    respond(response, 200, `<html>${PLANTED.body}</html>`, { 'content-type': 'text/html' }),
  'half an answer': (response) => respond(response, 200, `{"title":"${PLANTED.body}`),
  'wrong types': (response) =>
    respond(response, 200, {
      success: true,
      _id: { [PLANTED.body]: 1 },
      data: [PLANTED.body],
      messages: PLANTED.body,
      title: [PLANTED.body],
      total: PLANTED.body,
    }),
  'success: false': (response) => respond(response, 200, { success: false, error: PLANTED.body }),
  'an unknown encoding': (response) =>
    respond(response, 200, PLANTED.body, { 'content-encoding': PLANTED.header }),
  'no gzip': (response) => respond(response, 200, PLANTED.body, { 'content-encoding': 'gzip' }),
  'a redirect': (response) =>
    respond(response, 302, PLANTED.body, { location: `http://${PLANTED.redirect}/server/api/v2` }),
  'too much': (response) => respond(response, 200, PLANTED.body.repeat(10_000)),
  'half a body': (response) => {
    response.writeHead(200, { 'content-length': '100000' });
    response.write(PLANTED.body, () => response.destroy());
  },
  'a broken connection': (response) => response.destroy(),
  'no HTTP': (response) => {
    response.socket?.end(`HTTP/9.9 ${PLANTED.body}\r\n\r\n`);
  },
  silence: () => {},
};
