import type { RestRequest } from './endpoints.ts';
import type { Operation } from './operation.ts';

/**
 * One who makes a call, and is told once what came of it: `onAnswer` or `onError`, maybe before `send` returns. Not a promise:
 * an inbox makes thirty calls, and whoever made them waits for all of them together.
 */
export interface Caller<Answer = unknown> {
  readonly operation: Operation;
  /** Called for each HTTP request that is sent for this call, retries included. */
  onSend?(): void;
  /** Called when the call joined one that was already under way. */
  onJoin?(): void;
  /** Asked before the call is sent again; `false` leaves it at the failure. A joined call asks who began it. */
  mayRetry?(): boolean;
  /** `text`: the JSON that the answer was decoded from. The answer is shared by those who joined: read-only. */
  onAnswer(answer: Answer, text: string): void;
  /** A `TexterError`; else a defect, or what `onAnswer` threw. */
  onError(error: unknown): void;
  /** For writes: called when the write itself has ended, which may be after its caller has left. */
  onWriteEnd?(): void;
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

/** Makes the requests of `endpoints.ts`, in which there is one function for each REST endpoint. */
export interface TexterClient {
  /** Costs one REST call, none when joined to the same read under way; retries of reads are calls too. */
  send<Answer>(request: RestRequest<Answer>, caller: Caller<Answer>): void;
  /** Closes the connections; calls under way are ended. */
  close(): Promise<void>;
}
