import { isChatId } from './chat-id.ts';
import type { ChatSearchQuery, CrmMergingMode, MessagesQuery } from './client.ts';
import { type Decoded, decoder } from './decoder.ts';
import { type Endpoint, TexterError } from './errors.ts';
import { isSessionId } from './session-id.ts';
import {
  type ChatPage,
  chatPage,
  type MessagePage,
  messagePage,
  type PublicChat,
  publicChat,
  type WrittenChat,
  writtenChat,
} from './wire.ts';

const decodeChat = decoder(publicChat);
const decodeChatPage = decoder(chatPage);
const decodeMessagePage = decoder(messagePage);
const decodeWrittenChat = decoder(writtenChat);

/** One REST request before it is anybody's: where it goes and what its answer must look like. */
export interface RestRequest<Answer = unknown> {
  readonly endpoint: Endpoint;
  readonly method: 'GET' | 'POST';
  /** Path and query below the base URL, encoded. */
  readonly path: string;
  readonly body: string | undefined;
  readonly decode: (json: unknown) => Decoded<Answer>;
}

/** The scope each endpoint asks of a token, as Texter's dialog names it. Source: page "Authentication". */
export const REQUIRED_SCOPE: Readonly<Record<Endpoint, string>> = {
  chat: 'Send session message',
  search: 'List all chats',
  messages: 'View all chats',
  crm: 'Manage all chats',
};

/** GET /chats/{chatId}. Source: "Get Chat by Chat ID". */
export function chatRequest(chatId: string): RestRequest<PublicChat> {
  return {
    endpoint: 'chat',
    method: 'GET',
    path: `/chats/${chatSegment('chat', chatId)}`,
    body: undefined,
    decode: decodeChat,
  };
}

/** GET /chats/search. Source: "Search Chats". */
export function searchRequest(query: ChatSearchQuery): RestRequest<ChatPage> {
  const params = new URLSearchParams();
  if (query.search !== undefined) params.append('search', query.search);
  if (query.channel !== undefined) {
    params.append('channel[name]', query.channel.name);
    params.append('channel[accountId]', query.channel.accountId);
  }
  for (const label of query.labels ?? []) params.append('labels[]', label);
  for (const status of query.statuses ?? []) params.append('statuses[]', status);
  if (query.showNoMessages !== undefined) params.append('showNoMessages', String(query.showNoMessages));
  if (query.limit !== undefined) params.append('limit', digits('search', 'limit', query.limit));
  if (query.skip !== undefined) params.append('skip', digits('search', 'skip', query.skip));
  return {
    endpoint: 'search',
    method: 'GET',
    path: withQuery('/chats/search', params),
    body: undefined,
    decode: decodeChatPage,
  };
}

/** GET /messages/chat/{chatId}. Source: "Get Messages of a Chat". */
export function messagesRequest(chatId: string, query: MessagesQuery): RestRequest<MessagePage> {
  const params = new URLSearchParams();
  if (query.limit !== undefined) params.append('limit', digits('messages', 'limit', query.limit));
  if (query.before !== undefined) {
    const { time, id } = query.before;
    if (time < 0 || !isSessionId(id)) throw unpageable();
    params.append('beforeTime', digits('messages', 'before.time', time));
    params.append('beforeId', id);
  }
  if (query.botSessionId !== undefined) {
    if (!isSessionId(query.botSessionId)) throw unsendable('messages', 'botSessionId');
    params.append('botSessionId', query.botSessionId);
  }
  return {
    endpoint: 'messages',
    method: 'GET',
    path: withQuery(`/messages/chat/${chatSegment('messages', chatId)}`, params),
    body: undefined,
    decode: decodeMessagePage,
  };
}

/** POST /chats/{chatId}/crm-data. Source: "Update CRM Data". */
export function crmRequest(
  chatId: string,
  data: Record<string, unknown>,
  mergingMode: CrmMergingMode,
): RestRequest<WrittenChat> {
  return {
    endpoint: 'crm',
    method: 'POST',
    path: `/chats/${chatSegment('crm', chatId)}/crm-data`,
    body: JSON.stringify({ data, mergingMode }),
    decode: decodeWrittenChat,
  };
}

function withQuery(path: string, params: URLSearchParams): string {
  return params.size === 0 ? path : `${path}?${params}`;
}

function chatSegment(endpoint: Endpoint, chatId: string): string {
  if (!isChatId(chatId)) throw unsendable(endpoint, 'chatId');
  return chatId;
}

function digits(endpoint: Endpoint, name: string, value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw unsendable(endpoint, name);
  return String(value);
}

/** Callers validate before they call; this is the last line, and says what it stopped without repeating it. */
function unsendable(endpoint: Endpoint, name: string): TexterError {
  return new TexterError('bad-request', `${name} is not a value that Texter takes.`, { endpoint });
}

/** A message that Texter returned is no place that Texter reads from: nobody's mistake but its own. */
function unpageable(): TexterError {
  return new TexterError(
    'invalid-response',
    'A message of this chat has an id or time that Texter takes no reads for.',
    {
      endpoint: 'messages',
    },
  );
}
