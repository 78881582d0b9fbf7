// The fake Texter: a process of its own that answers the reads of the workloads as fast as node:http can. The process
// that forked it is told the port; it may set a latency at any time and ask how many calls came.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UpstreamOrder, UpstreamStarted, UpstreamState } from './order.ts';
import { CHATS, chatIdOf, messagesAnswer, numberOf, publicView, searchAnswer } from './records.ts';

const BASE_PATH = '/server/api/v2';
const LARGEST_PAGE = 100;

const CHAT = `${BASE_PATH}/chats/`;
const SEARCH = `${CHAT}search`;
const MESSAGES = `${BASE_PATH}/messages/chat/`;
const ID_LENGTH = chatIdOf(0).length;

let latencyMs = 0;
let calls = 0;

const server = createServer((req, res) => {
  calls += 1;
  if (latencyMs === 0) answer(req, res);
  else setTimeout(() => answer(req, res), latencyMs);
});

function answer({ url = '' }: IncomingMessage, res: ServerResponse): void {
  const body = bodyFor(url);
  const status = body === undefined ? 404 : 200;
  const text = body ?? '{"error":"not found"}';
  res.writeHead(status, [
    'content-type',
    'application/json',
    'content-length',
    String(Buffer.byteLength(text)),
  ]);
  res.end(text);
}

function bodyFor(url: string): string | undefined {
  if (url.startsWith(SEARCH)) {
    const params = new URL(url, 'http://upstream').searchParams;
    const skip = Number(params.get('skip') ?? 0);
    const count = Math.min(Number(params.get('limit') ?? 30), Math.max(CHATS - skip, 0));
    // Searches for different numbers find different chats.
    const place = Number(/\d+$/.exec(params.get('search') ?? '')?.[0] ?? 0);
    return searchAnswer(place * LARGEST_PAGE + skip, count);
  }
  if (url.startsWith(MESSAGES)) {
    const chat = numberOf(url.slice(MESSAGES.length, MESSAGES.length + ID_LENGTH));
    const params = new URL(url, 'http://upstream').searchParams;
    return messagesAnswer(chat, Number(params.get('limit') ?? 50), Number(params.get('beforeTime')));
  }
  return url.startsWith(CHAT) ? publicView(numberOf(url.slice(CHAT.length))) : undefined;
}

server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}${BASE_PATH}` } satisfies UpstreamStarted);
});
process.on('message', (order: UpstreamOrder) => {
  latencyMs = order.latencyMs ?? latencyMs;
  process.send?.({ calls } satisfies UpstreamState);
});
process.on('disconnect', () => process.exit());
