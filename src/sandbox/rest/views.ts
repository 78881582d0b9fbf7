import type { ChatEntry } from '../data/store.ts';
import type { Chat } from './chat.ts';

// Which endpoint shows which part of a chat. No endpoint that reads shows all of it.

/** Fields that Get Chat by ID shares with the full record. Source: documentation page "Get Chat by Chat ID". */
const PUBLIC_FIELDS = [
  'title',
  'channelInfo',
  'status',
  'agent',
  'departmentId',
  'unreadCount',
  'blockedChat',
  'lastIncomingMessageTimestamp',
  'externalBot',
  'unsubscribed',
  'created',
  'updatedAt',
  'language',
] as const;

/**
 * The answer of Get Chat by ID: trimmed, without `_id`, labels, crmData and displayName; the bot state is its id
 * alone, and the last message's time has a name that no other view has.
 */
export function publicView({ chat, ...entry }: ChatEntry): Record<string, unknown> {
  const lastMessage = entry.lastMessage();
  const view: Record<string, unknown> = { success: true };
  for (const field of PUBLIC_FIELDS) if (chat[field] !== undefined) view[field] = chat[field];
  if (lastMessage) view.lastMessage = lastMessage;
  if (chat.botState !== undefined) {
    const { id } = chat.botState ?? {};
    view.botState = chat.botState === null ? null : id === undefined ? {} : { id };
  }
  if (chat.last_message_timestamp !== undefined) view.lastMessageTimestamp = chat.last_message_timestamp;
  return view;
}

/** A record of Search Chats: the whole chat without lastMessage and personChats. */
export function searchRecord(chat: Chat): Readonly<Record<string, unknown>> {
  if (chat.personChats === undefined) return chat;
  const { personChats: _, ...record } = chat;
  return record;
}

/** The answer of Update CRM Data: the whole chat. */
export function writtenChat({ chat, ...entry }: ChatEntry): Record<string, unknown> {
  const lastMessage = entry.lastMessage();
  return { success: true, ...chat, ...(lastMessage && { lastMessage }) };
}
