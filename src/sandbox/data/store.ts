import type { Chat, LastMessage } from '../rest/chat.ts';
import type { Message } from '../rest/message.ts';
import { listThread, type Thread } from './thread.ts';

export interface ChatEntry {
  readonly chat: Chat;
  readonly thread: Thread;
}

/** A chat with an explicit list of messages; what the chat says of its last message follows from the list. */
export function chatEntry(chat: Chat, messages: readonly Message[] = []): ChatEntry {
  const thread = listThread(messages);
  return { chat: { ...lastMessageFields(thread.slice(0, thread.length)), ...chat }, thread };
}

/**
 * What a chat says about its newest messages. The time is that of any message, the preview that of a regular one:
 * system messages have no content to show (inferred).
 */
export function lastMessageFields(messages: readonly Message[]): Partial<Chat> {
  const newest = messages.at(-1);
  const regular = messages.findLast((message) => message.systemMessage !== true);
  const incoming = messages.findLast((message) => message.direction === 'incoming');
  return {
    ...(regular && { lastMessage: preview(regular) }),
    ...(newest && { last_message_timestamp: newest.timestamp }),
    ...(incoming && { lastIncomingMessageTimestamp: incoming.timestamp }),
  };
}

function preview({ type, text, media }: Message): LastMessage {
  return { ...(type && { type }), ...(text && { text }), ...(media && { media }) };
}

/** The chats of one project. Entries are replaced, never changed in place, so what was read stays as it was. */
export class ChatStore {
  readonly #initial: Iterable<ChatEntry>;
  readonly #clock: () => number;
  #entries = new Map<string, ChatEntry>();
  #newestFirst: readonly Chat[] | undefined;

  /** @param clock epoch ms of a change, later than that of any change before. */
  constructor(entries: Iterable<ChatEntry>, clock: () => number) {
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
    const { chat: old, thread } = this.#require(chatId);
    const changed = change(old);
    const moved = changed.updatedAt !== old.updatedAt;
    const chat = moved ? changed : { ...changed, updatedAt: new Date(this.#clock()).toISOString() };
    this.#put({ chat, thread });
    return chat;
  }

  /** Adds a message to a chat, which makes the chat the most recent if the message is. */
  addMessage(chatId: string, message: Message): Chat {
    const { chat, thread } = this.#require(chatId);
    const longer = listThread([...thread.slice(0, thread.length), message]);
    this.#put({ chat, thread: longer });
    const news = lastMessageFields(longer.slice(0, longer.length));
    return this.updateChat(chatId, (old) => ({ ...old, ...news }));
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
