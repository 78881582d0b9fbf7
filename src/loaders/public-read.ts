import { CHAT_FIELDS } from '../model/chat-fields.ts';
import { chatRequest, type RestRequest } from '../texter/endpoints.ts';
import type { WireChat } from '../texter/wire.ts';
import type { ChatHandle } from './chat-handle.ts';
import type { ChatMemory } from './memory.ts';
import type { HeardCall, Upstream } from './upstream.ts';

/** Who is told that a read has ended, well or not. */
export interface EndListener {
  onEnd(): void;
}

const NOBODY: readonly never[] = [];

/**
 * Get Chat by ID of one chat, which its handle and the memory take in. An inbox has many under way at once and waits for
 * them together, so this is all that there is of each; a promise is made only for who waits for this one alone.
 */
export class PublicRead implements HeardCall<WireChat> {
  readonly round: number;
  readonly fromCaller: boolean;
  readonly #chat: ChatHandle;
  readonly #upstream: Upstream;
  readonly #memory: ChatMemory;
  /** `ChatMemory.writes` as it was when the read began. */
  readonly #writesBefore: number;
  #listeners: readonly EndListener[] | null = NOBODY;
  #answer: WireChat | undefined;
  #error: unknown;
  #promise: Promise<WireChat> | undefined;

  constructor(chat: ChatHandle, upstream: Upstream, memory: ChatMemory) {
    this.round = chat.knownAfter + 1;
    this.fromCaller = chat.isNamedByCaller;
    this.#chat = chat;
    this.#upstream = upstream;
    this.#memory = memory;
    this.#writesBefore = memory.writes;
  }

  /** Costs one REST call. */
  begin(): void {
    this.#upstream.send(this);
  }

  request(): RestRequest<WireChat> {
    return chatRequest(this.#chat.chatId);
  }

  onAnswer(answer: WireChat, text: string): void {
    const { chatId } = this.#chat;
    const { token } = this.#upstream;
    this.#chat.hold('public', answer, this.round);
    const isKept = this.#memory.keepPublic(token, chatId, answer, text, this.#writesBefore);
    const channel = isKept ? null : CHAT_FIELDS.channelInfo.read(answer);
    if (channel !== null) this.#memory.keepChannel(token, chatId, channel);
    this.#answer = answer;
    this.#end();
  }

  onError(error: unknown): void {
    this.#error = error;
    this.#end();
  }

  get isUnderWay(): boolean {
    return this.#listeners !== null;
  }

  /** Tells the listener when the read has ended, at once if it has. */
  whenEnded(listener: EndListener): void {
    if (this.#listeners === null) listener.onEnd();
    // A literal of one takes one place; a list that is added to takes sixteen.
    else this.#listeners = this.#listeners.length === 0 ? [listener] : [...this.#listeners, listener];
  }

  /** What the read brings. Throws `NOT_FOUND` when there is no such chat, and what else `Upstream.send` tells. */
  promise(): Promise<WireChat> {
    this.#promise ??= new Promise((resolve, reject) => {
      this.whenEnded({
        onEnd: () => (this.#answer === undefined ? reject(this.#error) : resolve(this.#answer)),
      });
    });
    return this.#promise;
  }

  #end(): void {
    const listeners = this.#listeners ?? NOBODY;
    this.#listeners = null;
    for (const listener of listeners) listener.onEnd();
  }
}

/** Resolves when all reads have ended, well or not. */
export function allEnded(reads: readonly PublicRead[]): Promise<void> {
  return new Promise((resolve) => {
    let left = reads.length;
    const listener = {
      onEnd() {
        left -= 1;
        if (left === 0) resolve();
      },
    };
    for (const read of reads) read.whenEnded(listener);
  });
}
