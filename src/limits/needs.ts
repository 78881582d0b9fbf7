import type { GraphQLField, GraphQLObjectType } from 'graphql';
import type { ChatView } from '../model/chat-views.ts';

/** What a selection needs beyond the identity of the object that it is on: some of the bits below. */
export type Needs = number;

export const NOTHING = 0;
/** Of a chat: what any of its views shows; what the search record lacks; what only the full record has. */
const ANY_VIEW = 1;
const PUBLIC_VIEW = 2;
const FULL_RECORD = 4;
/** Of a message: anything but its key. */
const MESSAGE = 8;

/** Chat and BotState name the views that carry a field in its `extensions.views`; fields without cost no read of a chat. */
export function needsOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Needs {
  if (type.name === 'Message') return field.name === 'id' ? NOTHING : MESSAGE;
  const views = field.extensions.views as readonly ChatView[] | undefined;
  if (views === undefined) return NOTHING;
  if (!views.includes('public')) return FULL_RECORD;
  return views.includes('record') ? ANY_VIEW : PUBLIC_VIEW;
}

/** The REST calls that reading an object takes when it came in a certain way, beyond the one that brought it. */
export type Reads = (needs: Needs) => number;

/** Search brought the record: what it lacks is one read. */
export const chatOfSearch: Reads = (needs) => has(needs, PUBLIC_VIEW);

/** Get Chat brought the public view: what it lacks is one search. */
export const chatById: Reads = (needs) => has(needs, FULL_RECORD);

/** The answer to a write shows everything. */
export const writtenChat: Reads = () => 0;

/** Only the key is known: the public view is read unless the key is enough, and the record as by id. */
export const chatByKey: Reads = (needs) => has(needs, ANY_VIEW | PUBLIC_VIEW | FULL_RECORD) + chatById(needs);

/** A message that was read by its id. Its chat, of which the message tells id and channel, may be read too. */
export const messageById: Reads = (needs) => has(needs, ANY_VIEW | PUBLIC_VIEW) + has(needs, FULL_RECORD);

/** Only the key is known. */
export const messageByKey: Reads = (needs) => has(needs, MESSAGE) + messageById(needs);

function has(needs: Needs, wanted: Needs): number {
  return (needs & wanted) === 0 ? 0 : 1;
}
