import { LRUCache } from 'lru-cache';
import { DEFAULT_LIMIT } from './message-source.ts';

/** Asked for at most, when one millisecond holds so many messages that nothing less shows its end. */
const LARGEST_LIMIT = 10_000;
/** No upstream is expected to cut every answer below this. */
const SMALLEST_CAP = 10;
const REMEMBERED_CHATS = 10_000;

/**
 * What the cursor pair and `limit` do beside a bot session: `paged` as on a chat; else only the `newest` or the `oldest`
 * messages of the session can be read.
 */
export type SessionHabit = 'paged' | 'newest' | 'oldest';

/**
 * What one process has learned of an upstream where its documentation is silent. One object per upstream, shared by all
 * pages: what is learned saves calls, and no page needs it to be exact.
 */
export class UpstreamHabits {
  /** Messages that came in one answer: a silent cap on `limit` is not below this. */
  #seen = SMALLEST_CAP;
  #cap = Number.POSITIVE_INFINITY;
  #accepted = DEFAULT_LIMIT;
  /** Largest `limit` asked for. */
  #ceiling = LARGEST_LIMIT;
  #refused = LARGEST_LIMIT + 1;
  /** Undefined until a session came that one answer does not hold. */
  sessions: SessionHabit | undefined = undefined;
  /** Whether the session filter leaves out system messages; undefined until an answer has shown it. */
  dropsSystemMessages: boolean | undefined = undefined;
  /** By chat: how many messages its first millisecond holds, where that took a call to find out. */
  readonly firstMillisecond = new LRUCache<string, number>({ max: REMEMBERED_CHATS });

  /** The largest `limit` worth asking for, up to this one. */
  allowed(limit: number): number {
    return Math.min(limit, this.#ceiling);
  }

  /** How many messages an answer to this limit is expected to hold where there are as many. */
  expected(limit: number): number {
    return Math.min(this.allowed(limit), this.#cap);
  }

  /** Whether an answer of so few messages cannot have been cut by a silent cap. */
  isUncut(count: number): boolean {
    return count < this.#seen;
  }

  /** An answer of `count` messages came for a limit. */
  answered(limit: number, count: number): void {
    this.#accepted = Math.max(this.#accepted, limit);
    this.#seen = Math.max(this.#seen, count);
    if (count > this.#cap) this.#cap = Number.POSITIVE_INFINITY;
  }

  /** An answer held fewer messages than its limit although there were more: so many is the cap. */
  cappedAt(count: number): void {
    this.#seen = count;
    this.#cap = count;
  }

  /** A limit was refused where `DEFAULT_LIMIT` was not. No page asks again for more than was ever taken. */
  refused(limit: number): void {
    if (limit <= this.#accepted) this.#accepted = DEFAULT_LIMIT;
    this.#refused = limit;
    this.#ceiling = this.#accepted;
  }

  /** Tries limits between those taken and those refused, for a page that cannot do without. False: there are none. */
  explore(): boolean {
    const between = Math.floor((this.#ceiling + this.#refused) / 2);
    const isNew = between > this.#ceiling;
    this.#ceiling = between;
    return isNew;
  }
}
