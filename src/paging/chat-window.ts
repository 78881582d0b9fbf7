import { ALONE, type ChatPlace, markOf, timeOf } from './chat-place.ts';
import type { ChatAnswer, ChatRow } from './chat-source.ts';

/**
 * A part of the list of chats as one answer showed it, in the list's total order: newest message first, and chats of one
 * time by id, because REST may order them differently on each call. The times in `given` are left in REST's order.
 */
export class ChatWindow<C extends ChatRow> {
  readonly rows: readonly C[];
  /** Index of the first row in the list. */
  readonly start: number;
  readonly total: number;
  readonly isAtStart: boolean;
  readonly isAtEnd: boolean;
  readonly #given: ReadonlySet<number>;

  constructor(answer: ChatAnswer<C>, start: number, isAtEnd: boolean, given: ReadonlySet<number>) {
    this.start = start;
    this.total = answer.total;
    this.isAtStart = start === 0;
    this.isAtEnd = isAtEnd;
    this.#given = given;
    this.rows = this.#inOrder(answer.data);
  }

  /** Rows before a place, with the row at the place itself when `inclusive`. Null when that cannot be told. */
  rank(place: ChatPlace, inclusive: boolean): number | null {
    const { id, time, group } = place;
    if (!this.#given.has(time) || !this.rows.some((row) => timeOf(row) === time)) {
      const isBefore = (row: C) => {
        const order = compare(row, time, id);
        return order < 0 || (inclusive && order === 0);
      };
      const index = this.rows.findIndex((row) => !isBefore(row));
      return index === -1 ? this.rows.length : index;
    }
    const index = this.rows.findIndex((row) => row._id === id);
    const isKept = 'previous' in group && group.previous === markOf(this.rows[index - 1]);
    if (index === -1 || !isKept || (index === 0 && !this.isAtStart)) return null;
    return inclusive ? index + 1 : index;
  }

  /** The time that the rows on both sides of a cut share, if their order depends on rows out of view. */
  splitTime(index: number): number | null {
    const time = timeOf(this.rows[index]);
    const isSplit = index > 0 && index < this.rows.length && timeOf(this.rows[index - 1]) === time;
    if (!isSplit || this.#given.has(time) || (this.showsStartOf(time) && this.showsEndOf(time))) return null;
    return time;
  }

  /** Whether no chat of this time comes before the window, or after it. */
  showsStartOf(time: number): boolean {
    return this.isAtStart || timeOf(this.rows[0]) > time;
  }

  showsEndOf(time: number): boolean {
    return this.isAtEnd || timeOf(this.rows.at(-1)) < time;
  }

  /** The place of a row whose group is in view. */
  placeOf(row: C, index: number): ChatPlace {
    return { id: row._id, time: timeOf(row), offset: this.start + index, group: this.#groupAt(index) };
  }

  #groupAt(index: number): ChatPlace['group'] {
    const time = timeOf(this.rows[index]);
    if (this.#given.has(time)) return { previous: markOf(this.rows[index - 1]) };
    let first = index;
    while (first > 0 && timeOf(this.rows[first - 1]) === time) first -= 1;
    let last = index;
    while (last + 1 < this.rows.length && timeOf(this.rows[last + 1]) === time) last += 1;
    return first === last ? ALONE : { lead: index - first, trail: last - index };
  }

  #inOrder(rows: readonly C[]): readonly C[] {
    const isInOrder = rows.every((row, index) => {
      const previous = rows[index - 1];
      return previous === undefined || this.#compare(previous, row) < 0;
    });
    if (isInOrder) return rows;
    const unique = new Map(rows.map((row) => [row._id, row]));
    return [...unique.values()].sort((a, b) => this.#compare(a, b));
  }

  #compare(a: C, b: C): number {
    const time = timeOf(b);
    return time === timeOf(a) && this.#given.has(time) ? 0 : compare(a, time, b._id);
  }
}

function compare(row: ChatRow, time: number, id: string): number {
  const own = timeOf(row);
  if (own !== time) return own > time ? -1 : 1;
  return row._id < id ? -1 : row._id > id ? 1 : 0;
}
