import type { ChatRow } from './chat-source.ts';
import { CursorScope, checksum, foreignCursor } from './cursor.ts';

/** Where a chat stood in its list when a cursor to it was written. */
export interface ChatPlace {
  readonly id: string;
  /** Epoch ms of its last message; `-Infinity` without one. */
  readonly time: number;
  /** Index in the list: where to look first. */
  readonly offset: number;
  /** How it stood among the chats of the same time. */
  readonly group: SortedPlace | GivenPlace;
}

/** In a group that one call holds, and that is therefore in the order of chat ids. */
export interface SortedPlace {
  /** Chats of the group before it. */
  readonly lead: number;
  /** Chats of the group after it. */
  readonly trail: number;
}

/** In a group too large for one call, which is left in the order that REST gave. */
export interface GivenPlace {
  /** Checksum of the id of the row before it: shows whether REST still gives that order. */
  readonly previous: string;
}

/** Newest first; a chat without messages comes after all others. */
export function timeOf(row: ChatRow | undefined): number {
  return row?.last_message_timestamp ?? Number.NEGATIVE_INFINITY;
}

/** What `GivenPlace` remembers of the row before. */
export function markOf(row: ChatRow | undefined): string {
  return checksum(row?._id ?? '');
}

const PAYLOAD = /^([0-9a-z]+)\.(-?[0-9a-z]*)\.([0-9a-z]*)\.([0-9a-z]+)\.(.+)$/s;

/** The cursors of the chats of one filter. */
export class ChatCursors {
  readonly #scope: CursorScope;

  constructor(filter: string) {
    this.#scope = new CursorScope('chat', filter);
  }

  write({ id, time, offset, group }: ChatPlace): string {
    const [lead, trail] =
      'lead' in group ? [group.lead.toString(36), group.trail.toString(36)] : ['', group.previous];
    const at = time === Number.NEGATIVE_INFINITY ? '' : time.toString(36);
    return this.#scope.write(`${offset.toString(36)}.${at}.${lead}.${trail}.${id}`);
  }

  /** Null for an absent cursor; `BAD_USER_INPUT` for one that this filter's list did not give out. */
  read(argument: 'after' | 'before', cursor: string | null): ChatPlace | null {
    if (cursor === null) return null;
    const [, offset = '', at = '', lead = '', trail = '', id = ''] =
      PAYLOAD.exec(this.#scope.read(cursor) ?? '') ?? [];
    const place = {
      id,
      time: at === '' ? Number.NEGATIVE_INFINITY : Number.parseInt(at, 36),
      offset: Number.parseInt(offset, 36),
      group:
        lead === ''
          ? { previous: trail }
          : { lead: Number.parseInt(lead, 36), trail: Number.parseInt(trail, 36) },
    };
    if (!Number.isSafeInteger(place.offset) || Number.isNaN(place.time))
      throw foreignCursor(argument, cursor);
    return place;
  }
}
