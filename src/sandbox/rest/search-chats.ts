import type { SandboxBehaviour } from '../behaviour.ts';
import type { ChatStore } from '../data/store.ts';
import type { Random } from '../random.ts';
import type { Chat } from './chat.ts';
import type { SearchQuery } from './query.ts';
import { searchRecord } from './views.ts';

/** GET /chats/search: records without lastMessage, newest activity first; `total` is of all pages. */
export function searchChats(
  store: ChatStore,
  query: SearchQuery,
  behaviour: SandboxBehaviour,
  random: Random,
): { data: readonly Readonly<Record<string, unknown>>[]; total: number } {
  const matches = chatFilter(query, behaviour);
  const found = store.newestFirst().filter(matches);
  const ordered = behaviour.chatTieOrder === 'random' ? shuffleTies(found, random) : found;
  return {
    data: ordered.slice(query.skip, query.skip + query.limit).map(searchRecord),
    total: found.length,
  };
}

/** Different filters are joined by AND (inferred), the values of one filter by OR. */
function chatFilter(query: SearchQuery, behaviour: SandboxBehaviour): (chat: Chat) => boolean {
  const { search, 'labels[]': labels, 'statuses[]': statuses, 'channel[name]': channel } = query;
  const withEmpty = query.showNoMessages === '1' || query.showNoMessages === 'true';
  const matchesText = search === undefined ? () => true : textFilter(search, behaviour);
  return (chat) =>
    (withEmpty || chat.last_message_timestamp !== undefined) &&
    (channel === undefined || isOnAccount(chat, channel, query['channel[accountId]'])) &&
    (labels === undefined || labels.some((label) => chat.labels?.includes(label))) &&
    (statuses === undefined || (chat.status !== undefined && statuses.includes(chat.status))) &&
    matchesText(chat);
}

function isOnAccount(chat: Chat, name: string, accountId: string | undefined): boolean {
  const channel = chat.channelInfo ?? { name: chat.channel, accountId: digitsOf(chat.entityPhone) };
  return channel.name === name && channel.accountId === accountId;
}

/**
 * Name or phone number, case-insensitive. A number may be typed in any format: `+`, blanks and dashes are dropped,
 * and a local form (`0` and the rest) finds the international one. The exact rules are not documented.
 */
function textFilter(search: string, { searchableContacts }: SandboxBehaviour): (chat: Chat) => boolean {
  const text = search.toLowerCase();
  const number = /^[+\d\s().-]+$/.test(search) ? digitsOf(search)?.replace(/^0+/, '') : undefined;
  return (chat) => {
    if (chat.title?.toLowerCase().includes(text) || chat.displayName?.toLowerCase().includes(text))
      return true;
    const contact = chat.channelInfo?.id ?? digitsOf(chat.clientPhone);
    if (contact === undefined) return false;
    const name = chat.channelInfo?.name ?? chat.channel ?? '';
    if (name === 'whatsapp' || name === 'sms') return Boolean(number) && contact.includes(number ?? '');
    return searchableContacts === 'all' && contact.toLowerCase().includes(text);
  };
}

function digitsOf(phone: string | undefined): string | undefined {
  return phone?.replace(/\D/g, '');
}

function shuffleTies(chats: readonly Chat[], random: Random): Chat[] {
  const time = (chat: Chat) => chat.last_message_timestamp ?? -1;
  return random.shuffle(chats).sort((a, b) => time(b) - time(a));
}
