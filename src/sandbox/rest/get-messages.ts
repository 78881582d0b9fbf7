import type { SandboxBehaviour } from '../behaviour.ts';
import { countUpTo, type Thread } from '../data/thread.ts';
import type { Random } from '../random.ts';
import type { Message } from './message.ts';
import { type MessagesQuery, Refusal } from './query.ts';

interface MessagePage {
  messages: readonly Message[];
  /** Epoch ms of the whole chat's first and last message; `false` when it has none. */
  minTime: number | false;
  maxTime: number | false;
}

/** GET /messages/chat/{chatId}: oldest first; the newest `limit` at or before the cursor, or those of a session. */
export function getMessages(
  thread: Thread,
  query: MessagesQuery,
  behaviour: SandboxBehaviour,
  random: Random,
): MessagePage {
  const limit = effectiveLimit(query.limit, behaviour);
  const inOrder = (messages: readonly Message[]) => orderTies(messages, behaviour.tieOrder, random);
  if (behaviour.unknownBeforeId === 'refused' && query.beforeId !== undefined)
    requireMessage(thread, query.beforeId);
  const empty = thread.length === 0;
  return {
    messages:
      query.botSessionId === undefined
        ? newest(inOrder(windowBefore(thread, query, limit)), query, limit)
        : sessionPage(inOrder(thread.session(query.botSessionId)), query, limit, behaviour),
    minTime: !empty && thread.timeAt(0),
    maxTime: !empty && thread.timeAt(thread.length - 1),
  };
}

function effectiveLimit(asked: number, behaviour: SandboxBehaviour): number {
  const { messageLimitCap: cap = Number.POSITIVE_INFINITY, messageLimitMax: max, zeroLimit } = behaviour;
  if (max !== undefined && asked > max) throw new Refusal(400, `limit: at most ${max}`);
  if (asked > 0) return Math.min(asked, cap);
  if (zeroLimit === 'refused') throw new Refusal(400, 'limit: at least 1');
  return Math.min({ empty: 0, default: 50, unlimited: Number.POSITIVE_INFINITY }[zeroLimit], cap);
}

/** The messages that a page can be cut from: `limit`, one more for the excluded id, and the rest of the oldest tie. */
function windowBefore(thread: Thread, { beforeTime = 0 }: MessagesQuery, limit: number): readonly Message[] {
  const end = countUpTo(thread, beforeTime);
  let start = Math.max(0, end - limit - 1);
  while (start > 0 && thread.timeAt(start - 1) === thread.timeAt(start)) start -= 1;
  return thread.slice(start, end);
}

/** `beforeTime` is inclusive, and `beforeId` leaves out that one message alone. */
function newest(messages: readonly Message[], query: MessagesQuery, limit: number): readonly Message[] {
  const { beforeTime = Number.POSITIVE_INFINITY, beforeId } = query;
  const left = messages.filter(({ timestamp, _id }) => timestamp <= beforeTime && _id !== beforeId);
  return left.slice(Math.max(0, left.length - limit));
}

function sessionPage(
  session: readonly Message[],
  query: MessagesQuery,
  limit: number,
  { sessionCursor, sessionLimit, sessionSystemMessages }: SandboxBehaviour,
): readonly Message[] {
  const kept = session.filter(
    (message) => sessionSystemMessages === 'kept' || message.systemMessage !== true,
  );
  const left = sessionCursor === 'honoured' ? newest(kept, query, kept.length) : kept;
  return sessionLimit === 'newest' ? left.slice(Math.max(0, left.length - limit)) : left.slice(0, limit);
}

function orderTies(
  messages: readonly Message[],
  tieOrder: SandboxBehaviour['tieOrder'],
  random: Random,
): readonly Message[] {
  if (tieOrder === 'insertion') return messages;
  if (tieOrder === 'random') return random.shuffle(messages).sort((a, b) => a.timestamp - b.timestamp);
  const direction = tieOrder === 'id' ? 1 : -1;
  return messages.toSorted((a, b) => a.timestamp - b.timestamp || (a._id < b._id ? -direction : direction));
}

function requireMessage(thread: Thread, id: string): void {
  if (thread.slice(0, thread.length).some(({ _id }) => _id === id)) return;
  throw new Refusal(400, 'beforeId: no such message');
}
