import { GatewayError } from '../errors.ts';
import type { ChannelInfo } from '../model/channel-info.ts';
import { CHANNEL_NAME } from '../model/enums.ts';
import type { ChatSearchQuery } from '../texter/client.ts';
import { searchRequest } from '../texter/endpoints.ts';
import type { ChatRecord, WireChat } from '../texter/wire.ts';
import { isSearchable } from './chat-filter.ts';
import type { ChatHandle } from './chat-handle.ts';
import type { Upstream } from './upstream.ts';

const PAGE = 100;
const MAX_PAGES = 3;

export interface FoundRecord {
  readonly record: ChatRecord;
  readonly round: number;
}

/**
 * The search record of a chat whose id is known. Search cannot be asked for an id, so it is asked for the contact on
 * the channel, at most 3 pages of 100, and on channels whose contact ids may not be searchable once more by name.
 * Throws `NOT_FOUND` when the chat turns out not to exist, and `RECORD_UNAVAILABLE` when search does not show it.
 * One REST call where the contact is found at once.
 *
 * That search finds a contact by its id is documented for phone numbers and inferred not to hold elsewhere
 * (documentation page "Search Chats").
 */
export async function findRecord(
  upstream: Upstream,
  chat: ChatHandle,
  channel: ChannelInfo | null,
  readPublic: () => Promise<WireChat>,
): Promise<FoundRecord> {
  let round = chat.latestRound() + 1;
  const matches = (record: ChatRecord) => record._id === chat.chatId;
  if (channel !== null && isSearchable(channel.contactId)) {
    const found = await searchContact(upstream, channel, { round, matches });
    if (found.record) return { record: found.record, round: found.round };
    round = found.round + 1;
  }
  // It throws where there is no such chat, which is what to say then.
  const publicView = await readPublic();
  if (channel !== null && hasSearchableContacts(channel)) throw unavailable();
  const name = publicView.title?.trim();
  if (name && isSearchable(name)) {
    round = Math.max(round, chat.latestRound() + 1);
    const page = await searchPage(upstream, { search: name, ...channelFilter(channel) }, round);
    const record = page.data.find(matches);
    if (record) return { record, round };
  }
  throw unavailable();
}

export interface ContactSearch {
  readonly round: number;
  readonly matches: (record: ChatRecord) => boolean;
  /** Whether the caller chose the contact, so that a refusal of it is theirs. */
  readonly fromCaller?: boolean;
}

export interface FoundContact {
  readonly record: ChatRecord | null;
  readonly round: number;
  /** False when more records were there than were looked at. */
  readonly isExhaustive: boolean;
}

/**
 * The first record that matches among those of a contact on a channel. At most 3 REST calls, one while the matching
 * record is on the first page of 100.
 */
export async function searchContact(
  upstream: Upstream,
  channel: ChannelInfo,
  { round: firstRound, matches, fromCaller = false }: ContactSearch,
): Promise<FoundContact> {
  const filter = { search: channel.contactId, ...channelFilter(channel) };
  let round = firstRound;
  for (let seen = 0; ; round += 1) {
    const { data, total } = await searchPage(upstream, { ...filter, skip: seen }, round, fromCaller);
    const record = data.find(matches);
    seen += data.length;
    if (record) return { record, round, isExhaustive: true };
    const isExhaustive = data.length === 0 || seen >= total;
    if (isExhaustive || round - firstRound + 1 >= MAX_PAGES) return { record: null, round, isExhaustive };
  }
}

/** Whether search is known to match this channel's contact ids: phone numbers, as documented. */
export function hasSearchableContacts(channel: ChannelInfo): boolean {
  return channel.rawName === 'whatsapp' || channel.rawName === 'sms';
}

function searchPage(upstream: Upstream, query: ChatSearchQuery, round: number, fromCaller = false) {
  return upstream.call({
    round,
    fromCaller,
    request: () => searchRequest({ ...query, showNoMessages: true, limit: PAGE }),
  });
}

/** The channel pair narrows a search, but Search Chats knows neither `sms` nor channels of tomorrow. */
function channelFilter(channel: ChannelInfo | null): Pick<ChatSearchQuery, 'channel'> {
  if (channel === null || channel.rawName === 'sms' || !CHANNEL_NAME.byWireValue.has(channel.rawName))
    return {};
  return { channel: { name: channel.rawName, accountId: channel.accountId } };
}

function unavailable(): GatewayError {
  return new GatewayError(
    'RECORD_UNAVAILABLE',
    'The full record of this chat could not be found: Texter finds records by contact or name only.',
  );
}
