import type {
  MessageAnswer,
  MessageQuery,
  MessageRow,
  MessageSource,
} from '../../../../src/paging/message-source.ts';

/** How the fake upstream behaves where Texter's documentation is silent. */
export interface MessageBehaviour {
  /** Order inside one millisecond, and so which of them a cut leaves; `random` differs on each call. */
  readonly ties: 'id' | 'id-desc' | 'random';
  /** No answer is longer. */
  readonly cap: number;
  /** A larger limit is refused. */
  readonly largestLimit: number;
  readonly sessionPair: 'honoured' | 'ignored';
  readonly sessionCut: 'newest' | 'oldest';
  readonly sessionSystem: 'kept' | 'dropped';
}

export const DOCUMENTED: MessageBehaviour = {
  ties: 'id',
  cap: Number.POSITIVE_INFINITY,
  largestLimit: Number.POSITIVE_INFINITY,
  sessionPair: 'honoured',
  sessionCut: 'newest',
  sessionSystem: 'kept',
};

/** Get Messages of one chat, in memory: answers as documented, and as `behaviour` says where nothing is. */
export class FakeMessages implements MessageSource<MessageRow> {
  readonly queries: MessageQuery[] = [];
  /** Called before each answer: messages come in while a client reads. */
  beforeAnswer: () => void = () => {};
  readonly #behaviour: MessageBehaviour;
  #messages: readonly MessageRow[];
  #random = 1;

  constructor(messages: readonly MessageRow[], behaviour: Partial<MessageBehaviour> = {}) {
    this.#messages = messages.toSorted((a, b) => a.timestamp - b.timestamp || (a._id < b._id ? -1 : 1));
    this.#behaviour = { ...DOCUMENTED, ...behaviour };
  }

  get calls(): number {
    return this.queries.length;
  }

  /** Everything, in the list's order. */
  get all(): readonly MessageRow[] {
    return this.#messages;
  }

  /** Messages in the fullest millisecond. */
  get largestGroup(): number {
    const sizes = new Map<number, number>();
    for (const { timestamp } of this.#messages) sizes.set(timestamp, (sizes.get(timestamp) ?? 0) + 1);
    return Math.max(0, ...sizes.values());
  }

  /** The most that can be had at once. */
  get longestAnswer(): number {
    return Math.min(this.#behaviour.cap, this.#behaviour.largestLimit);
  }

  add(message: MessageRow): void {
    this.#messages = [...this.#messages, message].toSorted(
      (a, b) => a.timestamp - b.timestamp || (a._id < b._id ? -1 : 1),
    );
  }

  /** What the session filter lets through. */
  session(botSessionId: string): readonly MessageRow[] {
    const { sessionSystem } = this.#behaviour;
    return this.#messages.filter(
      (message) =>
        message.botSessionId === botSessionId && (sessionSystem === 'kept' || message.systemMessage !== true),
    );
  }

  async read(query: MessageQuery): Promise<MessageAnswer<MessageRow> | 'refused'> {
    this.queries.push(query);
    this.beforeAnswer();
    const { limit, before, botSessionId } = query;
    const { cap, largestLimit, sessionPair, sessionCut } = this.#behaviour;
    if (limit > 50 && limit > largestLimit) return 'refused';
    const isFree = before === undefined || (botSessionId !== undefined && sessionPair === 'ignored');
    const list = botSessionId === undefined ? this.#messages : this.session(botSessionId);
    const end = isFree ? list.length : indexAfter(list, before.time);
    const without = isFree ? undefined : before.id;
    const keepOldest = botSessionId !== undefined && sessionCut === 'oldest';
    const count = Math.min(limit, cap);
    const near = keepOldest
      ? list.slice(0, roundUp(list, count + 1, end))
      : list.slice(roundDown(list, end - count - 1), end);
    const ordered = this.#orderTies(near).filter(({ _id }) => _id !== without);
    return {
      messages: keepOldest ? ordered.slice(0, count) : ordered.slice(Math.max(ordered.length - count, 0)),
      minTime: this.#messages[0]?.timestamp ?? false,
      maxTime: this.#messages.at(-1)?.timestamp ?? false,
    };
  }

  #orderTies(messages: readonly MessageRow[]): MessageRow[] {
    const { ties } = this.#behaviour;
    if (ties === 'id') return [...messages];
    const rank = new Map(messages.map(({ _id }, index) => [_id, ties === 'random' ? this.#next() : -index]));
    return messages.toSorted(
      (a, b) => a.timestamp - b.timestamp || (rank.get(a._id) ?? 0) - (rank.get(b._id) ?? 0),
    );
  }

  /** Park and Miller's generator: enough to shuffle with, and the same in every run. */
  #next(): number {
    this.#random = (this.#random * 48_271) % 2_147_483_647;
    return this.#random;
  }
}

/** Index of the first message after a ms, by bisection: the fake serves chats of 100 000. */
function indexAfter(list: readonly MessageRow[], time: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.timestamp ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The index moved out of a group of one ms, towards the start. */
function roundDown(list: readonly MessageRow[], index: number): number {
  let start = Math.max(index, 0);
  while (start > 0 && list[start - 1]?.timestamp === list[start]?.timestamp) start -= 1;
  return start;
}

/** The same towards the end. */
function roundUp(list: readonly MessageRow[], index: number, end: number): number {
  let stop = Math.min(index, end);
  while (stop < end && list[stop - 1]?.timestamp === list[stop]?.timestamp) stop += 1;
  return stop;
}
