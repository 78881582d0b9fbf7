import type { Chat, LastMessage } from '../rest/chat.ts';
import type { Message } from '../rest/message.ts';
import { findLast, listThread, type Thread } from './thread.ts';

export interface ChatEntry {
  readonly chat: Chat;
  readonly thread: Thread;
  /**
   * Preview of the newest regular message; system messages have no content to show (inferred). Made when it is asked
   * for: search, which reads every chat, shows none.
   */
  readonly lastMessage: () => LastMessage | undefined;
}

/** A chat with an explicit list of messages. What it says of its last message follows from them unless it is given. */
export function chatEntry({ lastMessage, ...chat }: Chat, messages: readonly Message[] = []): ChatEntry {
  const thread = listThread(messages);
  return {
    chat: { ...lastTimes(thread), ...chat },
    thread,
    lastMessage: () => lastMessage ?? previewOf(thread),
  };
}

/** The preview of a thread's newest regular message. */
export function previewOf(thread: Thread): LastMessage | undefined {
  const newest = findLast(thread, (message) => message.systemMessage !== true);
  if (!newest) return undefined;
  const { type, text, media } = newest;
  return { ...(type && { type }), ...(text && { text }), ...(media && { media }) };
}

/** Remembers what `make` gives. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The time is that of any message: Texter has one for the whole chat, `maxTime`, and the two agree. */
function lastTimes(thread: Thread): Partial<Chat> {
  const incoming = findLast(thread, (message) => message.direction === 'incoming');
  return {
    ...(thread.length > 0 && { last_message_timestamp: thread.timeAt(thread.length - 1) }),
    ...(incoming && { lastIncomingMessageTimestamp: incoming.timestamp }),
  };
}

/** The chats of one project. Entries are replaced, never changed in place, so what was read stays as it was. */
export class ChatStore {
  readonly #initial: readonly ChatEntry[];
  readonly #clock: () => number;
  #entries = new Map<string, ChatEntry>();
  #newestFirst: readonly Chat[] | undefined;

  /** @param clock epoch ms of a change, later than that of any change before. */
  constructor(entries: readonly ChatEntry[], clock: () => number) {
    this.#initial = entries;
    this.#clock = clock;
    this.reset();
  }

  get(chatId: string): ChatEntry | undefined {
    return this.#entries.get(chatId);
  }

  /** Every chat, newest activity first; chats without a message come last. Stable where times are equal. */
  newestFirst(): readonly Chat[] {
    this.#newestFirst ??= Array.from(this.#entries.values(), ({ chat }) => chat).sort(
      (a, b) => (b.last_message_timestamp ?? -1) - (a.last_message_timestamp ?? -1),
    );
    return this.#newestFirst;
  }

  /** Puts a changed chat in the place of the old one and moves its `updatedAt`, unless the change did. */
  updateChat(chatId: string, change: (chat: Chat) => Chat): Chat {
    const entry = this.#require(chatId);
    const old = entry.chat;
    const changed = change(old);
    const moved = changed.updatedAt !== old.updatedAt;
    const chat = moved ? changed : { ...changed, updatedAt: new Date(this.#clock()).toISOString() };
    this.#put({ ...entry, chat });
    return chat;
  }

  /** Adds a message to a chat, which makes the chat the most recent if the message is. */
  addMessage(chatId: string, message: Message): Chat {
    const { chat, thread } = this.#require(chatId);
    const longer = listThread([...thread.slice(0, thread.length), message]);
    this.#put({ chat, thread: longer, lastMessage: once(() => previewOf(longer)) });
    return this.updateChat(chatId, (old) => ({ ...old, ...lastTimes(longer) }));
  }

  deleteChat(chatId: string): void {
    this.#entries.delete(chatId);
    this.#newestFirst = undefined;
  }

  /** Serves other chats from now on. */
  replace(entries: Iterable<ChatEntry>): void {
    this.#entries = new Map(Array.from(entries, (entry) => [entry.chat._id, entry]));
    this.#newestFirst = undefined;
  }

  /** Back to the chats of the start; every write is forgotten. */
  reset(): void {
    this.replace(this.#initial);
  }

  #put(entry: ChatEntry): void {
    this.#entries.set(entry.chat._id, entry);
    this.#newestFirst = undefined;
  }

  #require(chatId: string): ChatEntry {
    const entry = this.#entries.get(chatId);
    if (!entry) throw new RangeError(`the sandbox has no chat ${chatId}`);
    return entry;
  }
}
