import type { ChatRow } from './chat-source.ts';
import { CursorScope, checksum, foreignCursor, readTime, writeTime } from './cursor.ts';

/** Where a chat stood in its list when a cursor to it was written. */
export interface ChatPlace {
  readonly id: string;
  /** Epoch ms of its last message; `-Infinity` without one. */
  readonly time: number;
  /** Index in the list: where to look first. */
  readonly offset: number;
  readonly group: SortedGroup | GivenGroup;
}

/** Chats of one time that one call holds, and that therefore are in the order of their ids. */
export interface SortedGroup {
  /** How many of them come before the place. */
  readonly lead: number;
  /** How many come after it. */
  readonly trail: number;
}

/** Chats of one time that are too many for one call, left in the order that REST gave. */
export interface GivenGroup {
  /** Checksum of the id of the row before the place: shows whether REST still gives that order. */
  readonly previous: string;
}

/** The group of a chat that shares its time with no other. */
export const ALONE: SortedGroup = { lead: 0, trail: 0 };

/** Newest first; a chat without messages comes after all others. */
export function timeOf(row: ChatRow | undefined): number {
  return row?.last_message_timestamp ?? Number.NEGATIVE_INFINITY;
}

/** What `GivenGroup` remembers of the row before. */
export function markOf(row: ChatRow | undefined): string {
  return checksum(row?._id ?? '');
}

/** Offset, time, group (nothing: alone; lead and trail; or a star and what comes before) and id. */
const PAYLOAD = /^([0-9a-z]+)\.([-0-9a-z_]*)\.(?:([0-9a-z]+)-([0-9a-z]+)|\*([0-9a-z]+))?\.(.+)$/s;

/** The cursors of the chats of one filter. */
export class ChatCursors {
  readonly #scope: CursorScope;

  constructor(filter: string) {
    this.#scope = new CursorScope('chat', filter);
  }

  write({ id, time, offset, group }: ChatPlace): string {
    const at = time === Number.NEGATIVE_INFINITY ? '' : writeTime(time);
    return this.#scope.write(`${offset.toString(36)}.${at}.${writeGroup(group)}.${id}`);
  }

  /** Null for an absent cursor; `BAD_USER_INPUT` for one that this filter's list did not give out. */
  read(argument: 'after' | 'before', cursor: string | null): ChatPlace | null {
    if (cursor === null) return null;
    const [, offset = '', at, lead, trail = '', previous, id = ''] =
      PAYLOAD.exec(this.#scope.read(cursor) ?? '') ?? [];
    const place: ChatPlace = {
      id,
      time: at ? readTime(at) : Number.NEGATIVE_INFINITY,
      offset: Number.parseInt(offset, 36),
      group:
        previous !== undefined
          ? { previous }
          : lead !== undefined
            ? { lead: Number.parseInt(lead, 36), trail: Number.parseInt(trail, 36) }
            : ALONE,
    };
    if (!Number.isSafeInteger(place.offset) || Number.isNaN(place.time))
      throw foreignCursor(argument, cursor);
    return place;
  }
}

function writeGroup(group: ChatPlace['group']): string {
  if (group === ALONE) return '';
  return 'previous' in group
    ? `*${group.previous}`
    : `${group.lead.toString(36)}-${group.trail.toString(36)}`;
}
