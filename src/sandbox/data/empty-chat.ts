import type { Chat } from '../rest/chat.ts';
import { type Channel, channelInfo } from './business.ts';
import { STATUS } from './conversation.ts';
import { type ChatEntry, chatEntry } from './store.ts';

/** A chat that an import opened at `created` (epoch ms); nobody has written in it. */
export function emptyChat(
  chatId: string,
  title: string,
  channel: Channel,
  number: number,
  created: number,
): ChatEntry {
  const date = new Date(created).toISOString();
  const chat: Chat = {
    _id: chatId,
    title,
    channelInfo: channelInfo(channel, number),
    status: STATUS.resolved,
    agent: { uid: null, displayName: '' },
    departmentId: null,
    unreadCount: 0,
    externalBot: false,
    botState: {},
    created: date,
    updatedAt: date,
  };
  return chatEntry(chat);
}
