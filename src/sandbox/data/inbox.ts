import { Random } from '../random.ts';
import type { Chat } from '../rest/chat.ts';
import { buildChat } from './built-chat.ts';
import { STATUS } from './conversation.ts';
import { emptyChat } from './empty-chat.ts';
import { landmarkChats } from './landmarks/landmark-chats.ts';
import type { ChatEntry } from './store.ts';

const MINUTE = 60_000;
const CHATS = 320;

/**
 * A campaign went out at one moment, so these chats share the millisecond of their last message. Long enough ago that
 * they stand behind the inbox's first hundred: whoever walks the whole list meets the group, a first look does not.
 */
const CAMPAIGN_AGE = 45 * 24 * 60 * MINUTE;

// Repeated as often as their share of the inbox.
const LANGUAGES = ['he', 'he', 'he', 'he', 'he', 'ar', 'ar', 'en', 'en', 'en'] as const;
const CHANNELS = [
  ...(['whatsapp', 'whatsapp', 'whatsapp', 'whatsapp', 'whatsapp'] as const),
  ...(['messenger', 'instagram', 'website_chat', 'email', 'sms'] as const),
] as const;
const STATUSES = [
  ...[STATUS.bot, STATUS.pending, STATUS.assigned, STATUS.assigned],
  ...[STATUS.resolved, STATUS.resolved, STATUS.resolved, STATUS.bulk],
] as const;

/** The chats of the made-up business and the landmarks among them. Same seed and `now` (epoch ms): same chats. */
export function generateInbox(seed: number, now: number): ChatEntry[] {
  const ordinary = Array.from({ length: CHATS }, (_, number) => ordinaryChat(seed, now, number));
  return [...landmarkChats(seed, now), ...ordinary];
}

function ordinaryChat(seed: number, now: number, number: number): ChatEntry {
  const random = new Random(seed, 'inbox', number);
  const status = random.pick(STATUSES);
  // Dense today, thin half a year ago.
  const age = MINUTE + Math.round((number + random.integer(0, 99) / 100) ** 2 * 2.8 * MINUTE);
  const chatId = random.hex(24);
  const channel = status === STATUS.bulk ? 'whatsapp' : random.pick(CHANNELS);
  if (number % 53 === 52) return emptyChat(chatId, `Import ${number}`, channel, number, now - age);
  const entry = buildChat(seed, {
    chatId,
    number,
    channel,
    language: random.pick(LANGUAGES),
    status,
    earlier: random.integer(0, 6),
    end: now - (status === STATUS.bulk ? CAMPAIGN_AGE : age),
    days: random.integer(1, 20),
  });
  return number > 250 ? withDeprecatedFields(entry) : entry;
}

/** Older chats carry these beside the fields that replaced them. */
function withDeprecatedFields(entry: ChatEntry): ChatEntry {
  const { channelInfo, unsubscribed } = entry.chat;
  if (channelInfo?.name !== 'whatsapp') return entry;
  const phone = `+${channelInfo.id}`;
  const chat: Chat = {
    ...entry.chat,
    channel: channelInfo.name,
    clientPhone: phone,
    clientPhoneE164: phone,
    entityPhone: `+${channelInfo.accountId}`,
    ...(unsubscribed && {
      unsubscribeTime: Math.floor(Date.parse(unsubscribed.date) / 1000),
      blockTemplates: true,
    }),
  };
  return { ...entry, chat };
}
