import { type ChatEntry, chatEntry } from '../../src/sandbox/data/store.ts';
import type { RequestRecord } from '../../src/sandbox/http/request-log.ts';
import type { Chat } from '../../src/sandbox/rest/chat.ts';
import type { Message } from '../../src/sandbox/rest/message.ts';
import { SANDBOX_TOKEN, type Sandbox } from '../../src/sandbox/sandbox.ts';

/** A chat to serve from a sandbox: `fields` in place of what an ordinary WhatsApp chat has. */
export function aChat(
  chatId: string,
  fields: Partial<Chat> = {},
  messages: readonly Message[] = [],
): ChatEntry {
  const chat: Chat = {
    _id: chatId,
    title: `Contact ${chatId}`,
    channelInfo: { name: 'whatsapp', id: '972505550101', accountId: '15550199999' },
    status: 0,
    agent: { uid: null, displayName: '' },
    departmentId: null,
    unreadCount: 0,
    externalBot: false,
    botState: null,
    replyAction: null,
    created: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-02T00:00:00.000Z',
    ...fields,
  };
  return chatEntry(chat, messages);
}

/** An incoming text at `timestamp` (epoch ms), with `fields` in place of its own. */
export function aMessage(messageId: string, timestamp: number, fields: Partial<Message> = {}): Message {
  return {
    _id: messageId,
    timestamp,
    direction: 'incoming',
    type: 'text',
    text: messageId,
    status: 2,
    ...fields,
  };
}

/** Calls the sandbox's REST API as it is, without the gateway's client. `path` comes after the base URL. */
export function callSandbox(sandbox: Sandbox, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${SANDBOX_TOKEN}`, 'content-type': 'application/json' };
  return fetch(`${sandbox.url}${path}`, {
    ...init,
    headers: { ...headers, ...Object.fromEntries(new Headers(init.headers)) },
  });
}

/** How many of the requests had to wait for one another: the longest chain in which none overlaps the next. */
export function rounds(requests: readonly RequestRecord[]): number {
  let count = 0;
  let end = Number.NEGATIVE_INFINITY;
  // The greedy choice of intervals by earliest end is a longest chain.
  const byEnd = requests.toSorted(
    (a, b) => (a.ended ?? Number.POSITIVE_INFINITY) - (b.ended ?? Number.POSITIVE_INFINITY),
  );
  for (const request of byEnd) {
    if (request.started < end) continue;
    count += 1;
    end = request.ended ?? Number.POSITIVE_INFINITY;
  }
  return count;
}
