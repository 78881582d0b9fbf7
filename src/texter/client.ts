import type { LeaveSignal } from '../leave-signal.ts';
import type { TexterError } from './errors.ts';
import type { ChatPage, MessagePage, PublicChat, WrittenChat } from './wire.ts';

/**
 * What every call carries: on whose behalf, for how long, and who wants to know of it. What is done with an answer or an
 * error here needs no further promise behind the call's own.
 */
export interface CallOptions<Answer = unknown> {
  /** The Texter API token, sent as `Authorization: Bearer`. */
  readonly token: string;
  /** Ends the caller's wait; ends the REST call too unless others joined it. Never ends a sent write. */
  readonly signal?: LeaveSignal | undefined;
  /** Epoch ms that no attempt, pause or wait in the queue passes. */
  readonly deadline?: number;
  /** Calls of one operation share an object here: the queue serves operations in turn. */
  readonly operation?: object;
  /** W3C trace context, passed on as a header. */
  readonly traceparent?: string | undefined;
  /** Called for each HTTP request that is sent for this call, retries included. */
  readonly onSend?: () => void;
  /** Called when the call joined one that was already under way. */
  readonly onJoin?: () => void;
  /** Asked before the call is sent again; `false` leaves it at the failure. A joined call asks who began it. */
  readonly mayRetry?: () => boolean;
  /** Called with the answer, and the size of its JSON in bytes, before the call's promise is fulfilled. */
  onAnswer?(answer: Answer, bytes: number): void;
  /** What the call's promise is rejected with in the place of an error. */
  asError?(error: TexterError): Error;
  /** For writes: called when the write itself has ended, which may be after its caller has left. */
  readonly onWriteEnd?: (() => void) | undefined;
}

/** Filters of Search Chats. Source: documentation page "Search Chats". */
export interface ChatSearchQuery {
  /** Contact phone number or name, at least 2 characters. */
  readonly search?: string;
  /** Both or neither; the endpoint has no `sms`. */
  readonly channel?: { readonly name: string; readonly accountId: string };
  /** Label ids, any of; at most 100. */
  readonly labels?: readonly string[];
  /** Upper-case names, any of; at most 5. */
  readonly statuses?: readonly string[];
  /** Include chats without a message; left out by default. */
  readonly showNoMessages?: boolean;
  /** 1 to 10000; 30 when absent. */
  readonly limit?: number;
  readonly skip?: number;
}

/** Get Messages wants a session, a cursor pair, or both. Source: documentation page "Get Messages of a Chat". */
export interface MessagesQuery {
  /** 50 when absent; the maximum is not documented. */
  readonly limit?: number;
  /** Epoch ms, inclusive: the newest `limit` messages at or before it, without `id`. */
  readonly before?: { readonly time: number; readonly id: string };
  readonly botSessionId?: string;
}

export type CrmMergingMode = 'replace' | 'assign' | 'merge' | 'defaults' | 'defaultsDeep';

/** One method per REST endpoint. Each costs one REST call (none when joined) and throws a `TexterError`. */
export interface TexterClient {
  /** GET /chats/{chatId}. Scope "Send session message". */
  getChat(chatId: string, options: CallOptions<PublicChat>): Promise<PublicChat>;
  /** GET /chats/search. Scope "List all chats". */
  searchChats(query: ChatSearchQuery, options: CallOptions<ChatPage>): Promise<ChatPage>;
  /** GET /messages/chat/{chatId}. Scope "View all chats". */
  getMessages(chatId: string, query: MessagesQuery, options: CallOptions<MessagePage>): Promise<MessagePage>;
  /** POST /chats/{chatId}/crm-data. Scope "Manage all chats". Never retried but after a 429. */
  updateCrmData(
    chatId: string,
    data: Record<string, unknown>,
    mergingMode: CrmMergingMode,
    options: CallOptions<WrittenChat>,
  ): Promise<WrittenChat>;
  /** Closes the connections; calls under way are ended. */
  close(): Promise<void>;
}
