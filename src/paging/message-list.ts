import type { MessageReader } from './message-reader.ts';
import type { MessageRow } from './message-source.ts';
import { inOrder, type Position } from './position.ts';
import { unusable } from './unusable.ts';

/** The last ms of the year 9999: later than any message, and a date to every server. */
const END_OF_TIME = 253_402_300_799_999;
/** Has the shape of a message id and belongs to none. */
export const NO_ID = '0'.repeat(24);
/** From one limit to the next, when a millisecond outgrows it. */
export const LIMIT_GROWTH = 2;

/** A contiguous part of the list, oldest first, up to the place that was asked for. */
export interface Stretch<M> {
  readonly rows: readonly M[];
  /**
   * Epoch ms. All messages after it, up to the place asked for, are in `rows`; in this millisecond itself some may be
   * missing. `-Infinity` when there is nothing older.
   */
  readonly floor: number;
  /** The limit that the answer filled; null when fewer messages came. */
  readonly filled: number | null;
}

/**
 * A list of messages as Texter lets it be read: backwards from a millisecond, so many at a time. Knows what an answer
 * proves and what it leaves open.
 */
export class MessageList<M extends MessageRow> {
  readonly #reader: MessageReader<M>;
  readonly #chatId: string;
  readonly #botSessionId: string | null;
  /** Messages in the chat's first millisecond by an answer that may have been cut there. */
  #doubtful = 0;

  /** Without a session: the whole chat. A session's list wants an upstream that honours the cursor pair beside it. */
  constructor(reader: MessageReader<M>, chatId: string, botSessionId: string | null = null) {
    this.#reader = reader;
    this.#chatId = chatId;
    this.#botSessionId = botSessionId;
  }

  /** Epoch ms before which no message of the list can be; 0 while nothing is known. */
  get startsAt(): number {
    return this.#reader.firstMessageAt ?? 0;
  }

  /** How many messages an answer to this limit can be expected to hold. */
  expected(limit: number): number {
    return this.#reader.habits.expected(limit);
  }

  /**
   * The newest `limit` messages at or before a place (null: the newest end), or as many of them as come. `without` is a
   * message that the caller can do without; by default the one at the place. One REST call.
   */
  async read(place: Position | null, limit: number, without = place): Promise<Stretch<M>> {
    const before = { time: place?.time ?? END_OF_TIME, id: without?.id ?? NO_ID };
    const session = this.#botSessionId;
    const answer = await this.#reader.read(
      session === null ? { limit, before } : { limit, before, botSessionId: session },
    );
    const { rows, count, limit: asked } = answer;
    const newest = rows.at(-1);
    if (newest !== undefined && newest.timestamp > before.time) {
      throw unusable('Texter returned messages newer than the time that was asked for.');
    }
    return count < asked
      ? { rows, floor: this.#floorOfShort(rows, count, place, without), filled: null }
      : { rows, floor: oldestTime(rows), filled: asked };
  }

  /** The same stretch, longer at its older end by at least one millisecond. One REST call; more where that one is large. */
  async extend(stretch: Stretch<M>, limit: number): Promise<Stretch<M>> {
    const [oldest] = stretch.rows;
    if (oldest === undefined) return stretch;
    let older = await this.read({ time: oldest.timestamp, id: oldest._id }, limit);
    if (older.floor === stretch.floor)
      older = await this.readMillisecond(stretch.floor, limit * LIMIT_GROWTH);
    return { ...older, rows: inOrder([...older.rows, ...stretch.rows]) };
  }

  /**
   * Everything in one millisecond, and what came with it from before. One REST call for each step of the limit that it
   * takes to see the millisecond's older edge. `UPSTREAM_INVALID_RESPONSE` when Texter never returns so many messages.
   * `seen`: messages of it in an answer that did not show the edge either.
   */
  async readMillisecond(time: number, limit: number, seen = 0): Promise<Stretch<M>> {
    const most = await this.read({ time, id: NO_ID }, limit);
    const [spare] = most.rows;
    if (most.floor < time || spare === undefined) return most;
    const { habits } = this.#reader;
    const larger = limit * LIMIT_GROWTH;
    if (most.filled !== null && habits.allowed(larger) > most.filled) {
      return this.readMillisecond(time, larger);
    }
    if (most.rows.length <= seen) {
      if (most.filled !== null && habits.explore()) return this.readMillisecond(time, larger);
      throw unusable('One millisecond of this chat holds more messages than Texter returns at once.');
    }
    // No answer may be longer. Leaving out a message that is known makes room to see whether another one follows.
    const others = await this.read({ time, id: spare._id }, limit);
    if (others.floor < time) return { ...others, rows: inOrder([...others.rows, ...most.rows]) };
    // One did, or one came in between: then the next answer is longer.
    return this.readMillisecond(time, limit, most.rows.length);
  }

  /** A short answer ends at the list's first message, unless a silent cap cut it. */
  #floorOfShort(rows: readonly M[], count: number, place: Position | null, without: Position | null): number {
    const oldest = oldestTime(rows);
    const first = this.#botSessionId === null ? this.#reader.firstMessageAt : null;
    const isFirstLeftOut = without !== null && without.time === first && without.id !== NO_ID;
    if (first !== null && oldest > first && oldest < END_OF_TIME && !isFirstLeftOut) {
      this.#reader.habits.cappedAt(count);
      return oldest;
    }
    const remembered = this.#reader.habits.firstMillisecond;
    if (this.#reader.habits.isUncut(count)) {
      // Kept only where new messages come after that millisecond.
      const isSettled = first !== this.#reader.lastMessageAt;
      if (isSettled && place?.time === first && rows.length + 1 === this.#doubtful) {
        remembered.set(this.#chatId, this.#doubtful);
      }
      return Number.NEGATIVE_INFINITY;
    }
    // The chat's first millisecond is reached. If it is where a cap fell, more messages are hidden in it.
    const shown =
      rows.filter(({ timestamp }) => timestamp === first).length + (without?.time === first ? 1 : 0);
    if (first !== null && remembered.get(this.#chatId) === shown) return Number.NEGATIVE_INFINITY;
    this.#doubtful = shown;
    return oldest;
  }
}

function oldestTime(rows: readonly MessageRow[]): number {
  return rows[0]?.timestamp ?? END_OF_TIME;
}
