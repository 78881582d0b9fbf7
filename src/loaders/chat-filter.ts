import { badUserInput } from '../errors.ts';
import { type ChannelName, type ChatStatus, channelWireName } from '../model/enums.ts';
import type { ChatSearchQuery } from '../texter/client.ts';

type Maybe<T> = T | null | undefined;

/** `ChatFilter` as GraphQL hands it over: any member may be null. */
export interface ChatFilter {
  readonly search?: Maybe<string>;
  readonly channel?: Maybe<{ readonly name: ChannelName; readonly accountId: string }>;
  readonly labelIds?: Maybe<readonly string[]>;
  readonly statuses?: Maybe<readonly ChatStatus[]>;
  readonly includeEmpty?: Maybe<boolean>;
}

const MIN_SEARCH_LENGTH = 2;
const MAX_LABELS = 100;
const MAX_STATUSES = 5;

/** Whether Search Chats takes the text: 2 characters or more, where an emoji is one. */
export function isSearchable(text: string): boolean {
  return [...text.trim()].length >= MIN_SEARCH_LENGTH;
}

/** The filter in Search Chats' terms; `BAD_USER_INPUT` for what the endpoint would refuse, before any call. */
export function readChatFilter(filter: ChatFilter): ChatSearchQuery {
  const { search, channel, includeEmpty } = filter;
  if (search != null && !isSearchable(search)) {
    throw badUserInput(`filter.search needs at least ${MIN_SEARCH_LENGTH} characters.`);
  }
  if (channel?.name === 'SMS') {
    throw badUserInput('filter.channel cannot be SMS: Texter has no such filter.');
  }
  const labels = distinct('labelIds', filter.labelIds, MAX_LABELS);
  const statuses = distinct('statuses', filter.statuses, MAX_STATUSES);
  return {
    ...(search != null && { search }),
    ...(channel && { channel: { name: channelWireName(channel.name), accountId: channel.accountId } }),
    ...(labels && { labels }),
    ...(statuses && { statuses }),
    ...(includeEmpty && { showNoMessages: true }),
  };
}

/** Texter wants each value once. An empty list filters nothing, like an absent one. */
function distinct<T extends string>(name: string, values: Maybe<readonly T[]>, max: number): T[] | null {
  const set = new Set(values);
  if (set.size > max)
    throw badUserInput(`filter.${name} takes at most ${max} different values, not ${set.size}.`);
  return set.size > 0 ? [...set].sort() : null;
}
