import { type EntityReference, readReference } from '../model/entity-reference.ts';
import { messageNodeId, readNodeId } from '../model/ids.ts';
import {
  chatById,
  chatByKey,
  chatOfSearch,
  messageById,
  messageByKey,
  type Reads,
  writtenChat,
} from './needs.ts';

/** An argument's value as the caller gave it, by its name: not coerced, undefined when absent. */
export type Arguments = (name: string) => unknown;

/** Objects that a field yields, all alike. */
export interface Yield {
  /** How many of them stand in the answer. */
  readonly count: number;
  /** How many of them differ, where the same one may come again and is read once; absent: all. */
  readonly distinct?: number;
  /** The type's name where the field's own type is abstract; undefined when it cannot be told. */
  readonly typename?: string | undefined;
  /** Further REST calls for each of them. Absent: what is needed of them is needed of the object around. */
  readonly reads?: Reads;
}

export interface CostRule {
  /** REST calls of the field itself, whatever is under it. */
  readonly calls: (args: Arguments) => number;
  readonly yields: (args: Arguments, maxPageSize: number) => readonly Yield[];
}

// The default pages of ChatConnection and MessageConnection.
const CHATS = 30;
const MESSAGES = 50;

const one = () => 1;

/** The fields that cost REST calls. Every other field costs what is under it. */
export const COST_RULES: Readonly<Record<string, CostRule>> = {
  'Query.chat': { calls: one, yields: () => [{ count: 1, reads: chatById }] },
  'Query.chatByChannel': { calls: one, yields: () => [{ count: 1, reads: chatOfSearch }] },
  'Query.chats': {
    calls: one,
    yields: (args, maxPageSize) => [{ count: pageSize(args, CHATS, maxPageSize), reads: chatOfSearch }],
  },
  'Query.node': { calls: one, yields: (args) => [nodeById(args('id'))] },
  'Query.nodes': {
    calls: (args) => listOf(args('ids')).length,
    yields: (args) => listOf(args('ids')).map(nodeById),
  },
  'Query._entities': {
    calls: () => 0,
    yields: (args) => entities(listOf(args('representations'))),
  },
  'Mutation.updateChatCrmData': { calls: one, yields: () => [{ count: 1, reads: writtenChat }] },
  'Chat.messages': { calls: messagesCalls, yields: messagesPage },
  'BotState.messages': { calls: messagesCalls, yields: messagesPage },
};

/** REST pages backwards only: the first messages of a thread have to be searched for. */
function messagesCalls(args: Arguments): number {
  return args('first') != null && args('after') == null ? 3 : 1;
}

/** The chat of a thread's messages is the chat that the thread is of, so what is needed of it is needed there. */
function messagesPage(args: Arguments, maxPageSize: number): readonly Yield[] {
  return [{ count: pageSize(args, MESSAGES, maxPageSize) }];
}

/** A page larger than allowed, or no number, is refused when it is its turn; it counts as the largest, or as none. */
function pageSize(args: Arguments, standard: number, maxPageSize: number): number {
  const asked = args('first') ?? args('last') ?? standard;
  return typeof asked === 'number' ? Math.min(Math.max(asked, 0), maxPageSize) : 0;
}

function nodeById(id: unknown): Yield {
  const typename = typeof id === 'string' ? readNodeId(id)?.typename : undefined;
  return { count: 1, typename, reads: typename === 'Message' ? messageById : chatById };
}

/** By type. What names no entity is refused in its own slot, without a read. */
function entities(representations: readonly unknown[]): readonly Yield[] {
  const found = new Map<EntityReference['typename'], { count: number; readonly keys: Set<string> }>();
  for (const representation of representations) {
    const reference = referenceOf(representation);
    if (reference === undefined) continue;
    const { typename } = reference;
    const group = found.get(typename) ?? { count: 0, keys: new Set() };
    group.count += 1;
    group.keys.add(keyOf(reference));
    found.set(typename, group);
  }
  return [...found].map(([typename, { count, keys }]) => ({
    count,
    distinct: keys.size,
    typename,
    reads: typename === 'Message' ? messageByKey : chatByKey,
  }));
}

function referenceOf(representation: unknown): EntityReference | undefined {
  try {
    return readReference(representation);
  } catch {
    return undefined;
  }
}

/** The same for whatever names the same entity: a chat has two keys, and members that are none come in any order. */
function keyOf(reference: EntityReference): string {
  switch (reference.typename) {
    case 'Chat':
      return reference.chatId;
    case 'Message':
      return messageNodeId(reference);
    case 'Agent':
      return reference.uid;
  }
}

/** A single value stands for a list of one, as in GraphQL's input coercion. */
function listOf(value: unknown): readonly unknown[] {
  return value == null ? [] : [value].flat();
}
