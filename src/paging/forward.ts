import { type MessageList, NO_ID, type Stretch } from './message-list.ts';
import { DEFAULT_LIMIT, type MessageRow } from './message-source.ts';
import { type Selection, select } from './position.ts';
import type { Slice } from './slice.ts';

/** Asked for in search of the page's start: room for a guess that is wrong by a third. */
const SEARCH_LIMIT = 2 * DEFAULT_LIMIT;
/** How full of new messages the answer to a guess is meant to come. */
const AIM = 0.75;
/** From one leap back to the next. */
const LEAP_GROWTH = 8;
/** How many times denser than the last an island has to be for leaps to begin anew from it. */
const DENSER = 64;

type Answer<M> = Pick<Stretch<M>, 'rows' | 'floor'>;

/** What was read beyond the known part: all of the selection in the ms after `floor`, up to and with `top`. */
interface Island<M> extends Answer<M> {
  readonly top: number;
  /** Ms from message to message at its older end. */
  readonly pace: number;
}

/**
 * The oldest `size` messages of a selection.
 *
 * Texter reads backwards only, so this is a search in time. It starts at the newest end, whose answer tells where the
 * chat begins, and goes on at times guessed from the density of the messages met, until an answer reaches back to the
 * part that is known. Every guess makes the gap between them smaller, and where guessing fails it is halved.
 *
 * REST calls: 1 when fewer than 50 messages follow the start (or `size`, if that is more). From afar 2 to 8 in chats like
 * people's, whatever their length; at most 25 for 50 messages of 100 000 under the densities of the tests, which are made
 * to mislead. A silent cap below `size` multiplies that by the answers that the page is put together from.
 */
export async function readForward<M extends MessageRow>(
  list: MessageList<M>,
  selection: Selection<M>,
  size: number,
): Promise<Slice<M>> {
  const { after, before } = selection;
  const limit = Math.max(size + 1, SEARCH_LIMIT);
  const nearLimit = after === null ? limit : Math.max(size, DEFAULT_LIMIT);
  const newest = await list.read(before, nearLimit, before ?? after);
  const known = (after?.time ?? list.startsAt) - 1;
  const search = new ForwardSearch(list, selection, { size, limit, known });
  search.take(newest, before?.time ?? Number.POSITIVE_INFINITY);
  while (!search.isOver) await search.step();
  return search.slice;
}

class ForwardSearch<M extends MessageRow> {
  readonly #list: MessageList<M>;
  readonly #selection: Selection<M>;
  readonly #size: number;
  readonly #limit: number;
  /** Epoch ms: all of the selection up to it has been found. */
  #known: number;
  readonly #found: M[] = [];
  /** The nearest last. What lies before it, and between any two, is unknown. */
  readonly #islands: Island<M>[] = [];
  /** Ms from message to message that the next guess goes by. */
  #pace = 0;
  /** Ms at the end of the known part that were next to empty, against what the pace promised. */
  #void = 0;
  /** Ms by which the next guess goes back from the nearest island; `Infinity` once one went too far. */
  #leap = 0;

  constructor(
    list: MessageList<M>,
    selection: Selection<M>,
    { size, limit, known }: { size: number; limit: number; known: number },
  ) {
    this.#list = list;
    this.#selection = selection;
    this.#size = size;
    this.#limit = limit;
    this.#known = known;
  }

  get isOver(): boolean {
    return this.#islands.length === 0 || (this.#found.length >= this.#size && this.slice.more);
  }

  get slice(): Slice<M> {
    const more = this.#found.length > this.#size || this.#islands.some(({ rows }) => rows.length > 0);
    return { rows: this.#found.slice(0, this.#size), more };
  }

  /** One REST call, or as many as a large millisecond takes. */
  async step(): Promise<void> {
    const nearest = this.#islands.at(-1);
    if (nearest === undefined) return;
    const time = this.#guess(nearest);
    const stretch =
      this.#gap === 1
        ? await this.#list.readMillisecond(time, this.#limit)
        : await this.#list.read({ time, id: NO_ID }, this.#limit);
    this.take(stretch, time);
  }

  /** Takes in an answer about everything up to the ms `top`. */
  take({ rows, floor }: Answer<M>, top: number): void {
    if (floor > this.#known) {
      this.#pace = paceOfOlderHalf(rows);
      this.#leap = this.#pace * DENSER < (this.#islands.at(-1)?.pace ?? 0) ? 0 : this.#leap * LEAP_GROWTH;
      this.#islands.push({ rows: select(rows, this.#selection), floor, top, pace: this.#pace });
      return;
    }
    const fresh = rows.filter(({ timestamp }) => timestamp > this.#known);
    const stride = top - this.#known;
    const isSparse = fresh.length < this.#aim / 4;
    this.#pace = stride / Math.max(fresh.length, 1);
    this.#void = isSparse ? this.#void + stride : 0;
    this.#leap = isSparse && this.#leap > 0 ? Number.POSITIVE_INFINITY : 0;
    this.#known = top;
    this.#found.push(...select(fresh, this.#selection));
    const nearest = this.#islands.at(-1);
    if (nearest !== undefined && nearest.floor <= top) {
      this.#islands.pop();
      this.take(nearest, nearest.top);
    }
  }

  /** Ms that may hold messages before the nearest island's own. */
  get #gap(): number {
    return (this.#islands.at(-1)?.floor ?? Number.POSITIVE_INFINITY) - this.#known;
  }

  /** Messages hoped for in the next answer. */
  get #aim(): number {
    return AIM * this.#list.expected(this.#limit);
  }

  /**
   * The ms to read from next: after the known part, and not after the nearest island's floor. It goes by the pace of the
   * messages last met. Where that led into a void, the void's own length sets the stride; when that comes near the island,
   * leaps go back from there; and when one of them ends in the void, halves are what remains.
   */
  #guess(nearest: Island<M>): number {
    const gap = this.#gap;
    const answer = nearest.pace * this.#aim;
    if (answer >= gap) return nearest.floor;
    const half = Math.ceil(gap / 2);
    if (this.#void === 0)
      return this.#known + Math.max(Math.min(Math.floor(this.#pace * this.#aim), half), 1);
    if (this.#leap === 0) {
      if (this.#void * 4 < gap) return this.#known + Math.ceil(Math.sqrt(this.#void * gap));
      this.#leap = Math.max(answer, 1);
    }
    return this.#leap < half ? nearest.floor - Math.ceil(this.#leap) : this.#known + half;
  }
}

function paceOfOlderHalf(rows: readonly MessageRow[]): number {
  const half = Math.max(rows.length >> 1, 1);
  return ((rows[half]?.timestamp ?? 0) - (rows[0]?.timestamp ?? 0)) / half;
}
