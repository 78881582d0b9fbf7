import type { WireChat } from '../texter/wire.ts';

/**
 * The reads that show a chat. None of Texter's documented reads shows it whole:
 * - `public`: Get Chat by ID. Trimmed: no labels, CRM data, names of the business's own, nor the bot's state.
 * - `record`: Search Chats. All but the last message; cannot be asked for by chat id.
 * - `written`: the answer of Update CRM Data. Whole, but costs a write.
 *
 * Source: documentation pages "The Chat object", "Get Chat by Chat ID" and "Search Chats".
 */
export type ChatView = 'public' | 'record' | 'written';

export const EVERY_VIEW: readonly ChatView[] = ['written', 'record', 'public'];
export const FULL_VIEWS: readonly ChatView[] = ['written', 'record'];
export const LAST_MESSAGE_VIEWS: readonly ChatView[] = ['written', 'public'];

/** Which state of a chat a view shows: when both agree, two views were read of the same state. */
export interface Revision {
  readonly updatedAt: string;
  /** Epoch ms; null without messages. */
  readonly lastMessageAt: number | null;
}

/**
 * The revision that an answer shows, or null where it has no `updatedAt` and so cannot be compared.
 * That `updatedAt` moves with every change of a chat is inferred; the last message's time is added because
 * the documentation does not say that a new message moves it.
 */
export function revisionOf(chat: WireChat): Revision | null {
  if (chat.updatedAt == null) return null;
  const lastMessageAt = chat.last_message_timestamp ?? chat.lastMessageTimestamp ?? null;
  return { updatedAt: chat.updatedAt, lastMessageAt };
}

/** Whether an answer shows the chat in this revision. */
export function shows(chat: WireChat, { updatedAt, lastMessageAt }: Revision): boolean {
  const shown = chat.last_message_timestamp ?? chat.lastMessageTimestamp ?? null;
  return shown === lastMessageAt && chat.updatedAt === updatedAt;
}

/**
 * What a public view tells beyond the record of the same revision, and which revision and channel those are. The rest is in
 * every record; as an object with it, a view takes four times the memory.
 */
export function beyondRecord(view: WireChat): WireChat {
  const { lastMessage, lastText, updatedAt, last_message_timestamp, lastMessageTimestamp } = view;
  const { channelInfo, channel, entityPhone, clientPhone, clientPhoneE164 } = view;
  return {
    lastMessage,
    lastText,
    updatedAt,
    last_message_timestamp,
    lastMessageTimestamp,
    channelInfo,
    channel,
    entityPhone,
    clientPhone,
    clientPhoneE164,
  };
}
