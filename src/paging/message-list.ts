import { GatewayError } from '../errors.ts';
import { DEFAULT_LIMIT, type MessageAnswer, type MessageRow, type MessageSource } from './message-source.ts';
import { inOrder, type Position } from './position.ts';
import type { UpstreamHabits } from './upstream-habits.ts';

/** The last ms of the year 9999: later than any message, and a date to every server. */
const END_OF_TIME = 253_402_300_799_999;
/** Has the shape of a message id and belongs to none. */
export const NO_ID = '0'.repeat(24);
/** From one limit to the next, when a millisecond outgrows it. */
export const LIMIT_GROWTH = 8;

/** A contiguous part of the list, oldest first, up to the place that was asked for. */
export interface Stretch<M> {
  readonly rows: readonly M[];
  /**
   * Epoch ms. All messages after it, up to the place asked for, are in `rows`; in this millisecond itself some may be
   * missing. `-Infinity` when there is nothing older.
   */
  readonly floor: number;
}

/**
 * A list of messages as Texter lets it be read: backwards from a millisecond, so many at a time. Knows what an answer
 * proves and what it leaves open.
 */
export class MessageList<M extends MessageRow> {
  readonly #source: MessageSource<M>;
  readonly #habits: UpstreamHabits;
  readonly #chatId: string;
  readonly #botSessionId: string | null;
  #firstMessageAt: number | null = null;
  #lastMessageAt: number | null = null;
  /** Messages seen in the chat's first millisecond by an answer that may have been cut there. */
  #doubtful = 0;

  constructor(
    source: MessageSource<M>,
    habits: UpstreamHabits,
    chatId: string,
    botSessionId: string | null = null,
  ) {
    this.#source = source;
    this.#habits = habits;
    this.#chatId = chatId;
    this.#botSessionId = botSessionId;
  }

  /** Epoch ms, of the whole chat, as the latest answer said; null before one came and for a chat without messages. */
  get firstMessageAt(): number | null {
    return this.#firstMessageAt;
  }

  get lastMessageAt(): number | null {
    return this.#lastMessageAt;
  }

  /** How many messages one answer can be expected to hold. */
  expected(limit: number): number {
    return this.#habits.expected(limit);
  }

  /**
   * The newest `limit` messages at or before a place (null: the newest end), or as many of them as come. `without` names
   * a message that the caller can do without; by default the one at the place. One REST call; one more, once in the
   * life of the process, when the limit is refused.
   */
  async read(place: Position | null, wanted: number, without = place): Promise<Stretch<M>> {
    const before = { time: place?.time ?? END_OF_TIME, id: without?.id || NO_ID };
    let limit = this.#habits.allowed(Math.max(wanted, 1));
    let answer = await this.#ask(limit, before);
    if (answer === 'refused') {
      limit = DEFAULT_LIMIT;
      answer = await this.#ask(limit, before);
      if (answer === 'refused') throw unusable('Texter refused a page of its default size.');
      this.#habits.refused();
    }
    this.#firstMessageAt = typeof answer.minTime === 'number' ? answer.minTime : null;
    this.#lastMessageAt = typeof answer.maxTime === 'number' ? answer.maxTime : null;
    const rows = inOrder(answer.messages);
    if ((rows.at(-1)?.timestamp ?? before.time) > before.time) {
      throw unusable('Texter returned messages newer than the time that was asked for.');
    }
    const count = answer.messages.length;
    this.#habits.answered(limit, count);
    return {
      rows,
      floor: count < limit ? this.#floorOfShort(rows, count, place, without) : oldestTime(rows),
    };
  }

  /** The same stretch, longer at its older end by at least one millisecond. One REST call; more where that one is large. */
  async extend(stretch: Stretch<M>, limit: number): Promise<Stretch<M>> {
    const [oldest] = stretch.rows;
    if (oldest === undefined) return stretch;
    let older = await this.read({ time: oldest.timestamp, id: oldest._id }, limit);
    if (older.floor === stretch.floor)
      older = await this.readMillisecond(stretch.floor, limit * LIMIT_GROWTH);
    return { rows: inOrder([...older.rows, ...stretch.rows]), floor: older.floor };
  }

  /**
   * Everything in one millisecond, and what came with it from before. One REST call for each step of the limit that it
   * takes to see the millisecond's older edge. `UPSTREAM_INVALID_RESPONSE` when Texter never returns so many messages.
   */
  async readMillisecond(time: number, limit: number): Promise<Stretch<M>> {
    const most = await this.read({ time, id: NO_ID }, limit);
    const [spare] = most.rows;
    if (most.floor < time || spare === undefined) return most;
    const allowed = this.#habits.allowed(limit);
    const larger = this.#habits.allowed(limit * LIMIT_GROWTH);
    if (most.rows.length >= allowed && larger > allowed) return this.readMillisecond(time, larger);
    // No answer will be longer. Leaving out a message that is known makes room to see whether another one follows.
    const others = await this.read({ time, id: spare._id }, limit);
    if (others.floor < time) return { rows: inOrder([...others.rows, ...most.rows]), floor: others.floor };
    throw unusable('One millisecond of this chat holds more messages than Texter returns at once.');
  }

  /** A short answer ends at the list's first message, unless a silent cap cut it. */
  #floorOfShort(rows: readonly M[], count: number, place: Position | null, without: Position | null): number {
    const oldest = oldestTime(rows);
    const first = this.#botSessionId === null ? this.#firstMessageAt : null;
    if (first !== null && oldest > first && oldest < END_OF_TIME && without?.time !== first) {
      this.#habits.cappedAt(count);
      return oldest;
    }
    const remembered = this.#habits.firstMillisecond;
    if (this.#habits.isUncut(count)) {
      if (place?.time === first && rows.length + 1 === this.#doubtful)
        remembered.set(this.#chatId, this.#doubtful);
      return Number.NEGATIVE_INFINITY;
    }
    // The chat's first millisecond is reached. If it is where a cap fell, more messages are hidden in it.
    const shown = rows.filter((row) => row.timestamp === first).length;
    if (first !== null && remembered.get(this.#chatId) === shown) return Number.NEGATIVE_INFINITY;
    this.#doubtful = shown;
    return oldest;
  }

  #ask(limit: number, before: Position): Promise<MessageAnswer<M> | 'refused'> {
    return this.#source.read(
      this.#botSessionId === null ? { limit, before } : { limit, before, botSessionId: this.#botSessionId },
    );
  }
}

function oldestTime(rows: readonly MessageRow[]): number {
  return rows[0]?.timestamp ?? END_OF_TIME;
}

function unusable(message: string): GatewayError {
  return new GatewayError('UPSTREAM_INVALID_RESPONSE', message);
}
