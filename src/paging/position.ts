import { CursorScope, foreignCursor, readTime, writeTime } from './cursor.ts';
import type { MessageRow } from './message-source.ts';

/** A place in a chat's list, which is totally ordered by (time, id). No message has to be there. */
export interface Position {
  /** Epoch ms. */
  readonly time: number;
  readonly id: string;
}

/** Part of a list: what lies strictly between two places (null: the list's end) and belongs. */
export interface Selection<M> {
  readonly after: Position | null;
  readonly before: Position | null;
  /** Left out: everything belongs. */
  readonly belongs?: (row: M) => boolean;
}

export function select<M extends MessageRow>(rows: readonly M[], selection: Selection<M>): readonly M[] {
  const { after, before, belongs } = selection;
  if (after === null && before === null && belongs === undefined) return rows;
  return rows.filter(
    (row) =>
      (after === null || compare(row, after.time, after.id) > 0) &&
      (before === null || compare(row, before.time, before.id) < 0) &&
      (belongs === undefined || belongs(row)),
  );
}

/** The rows in the order of the list, each once: Texter leaves open how messages of one millisecond come. */
export function inOrder<M extends MessageRow>(rows: readonly M[]): readonly M[] {
  for (let index = 1; index < rows.length; index += 1) {
    const row = rows[index];
    const previous = rows[index - 1];
    if (row && previous && compare(previous, row.timestamp, row._id) >= 0) return sorted(rows);
  }
  return rows;
}

function sorted<M extends MessageRow>(rows: readonly M[]): M[] {
  return rows
    .toSorted((a, b) => compare(a, b.timestamp, b._id))
    .filter((row, index, all) => index === 0 || row._id !== all[index - 1]?._id);
}

function compare(row: MessageRow, time: number, id: string): number {
  return row.timestamp - time || (row._id < id ? -1 : row._id > id ? 1 : 0);
}

/** A chat's cursors. Its bot sessions share them: a cursor is a place in time, and both lists have that place. */
export class MessageCursors {
  readonly #scope: CursorScope;

  constructor(chatId: string) {
    this.#scope = new CursorScope('message', chatId);
  }

  write(row: MessageRow): string {
    return this.#scope.write(`${writeTime(row.timestamp)}.${row._id}`);
  }

  /** Null for an absent cursor; `BAD_USER_INPUT` for one that this chat did not give out. */
  read(argument: 'after' | 'before', cursor: string | null): Position | null {
    if (cursor === null) return null;
    const [, time = '', id = ''] = /^([-0-9a-z_]+)\.(.+)$/s.exec(this.#scope.read(cursor) ?? '') ?? [];
    const position = { time: readTime(time), id };
    if (!Number.isSafeInteger(position.time)) throw foreignCursor(argument, cursor);
    return position;
  }
}
