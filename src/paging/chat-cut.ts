import type { PageRequest } from './arguments.ts';
import type { ChatPlace } from './chat-place.ts';
import type { ChatRow } from './chat-source.ts';
import type { ChatWindow } from './chat-window.ts';

/** `first` or `last` of what lies between two places. */
export interface ChatSelection extends Pick<PageRequest, 'backward' | 'size'> {
  readonly after: ChatPlace | null;
  readonly before: ChatPlace | null;
}

/** A selection's part of a window, and what the window lacks to prove it. */
export interface ChatCut {
  /** The page: rows `from` up to `to`; none when the places crossed. */
  readonly from: number;
  readonly to: number;
  /** Whether the selection goes on in the direction of paging. */
  readonly more: boolean;
  /** Rows before, or after, the window have to be seen. */
  readonly lacksBefore: boolean;
  readonly lacksAfter: boolean;
  /** The time of a group that is cut and not seen whole. */
  readonly group: number | null;
  /** The window shows chats around one of the places and cannot tell which of them come before it. */
  readonly isLost: boolean;
}

export function cut<C extends ChatRow>(window: ChatWindow<C>, selection: ChatSelection): ChatCut {
  const { after, before, backward, size } = selection;
  const { length } = window.rows;
  const low = after === null ? 0 : window.rank(after, true);
  const high = before === null ? length : window.rank(before, false);
  if (low === null || high === null) return lost(window);
  const from = backward ? Math.max(high - size, low) : low;
  const to = backward ? high : Math.min(low + size, high);
  const group = window.splitTime(from) ?? window.splitTime(to);
  const lacksBefore =
    from === 0 ||
    (group !== null && !window.showsStartOf(group)) ||
    (after !== null && from === low && isTied(after) && !window.showsStartOf(after.time));
  const lacksAfter =
    to === length ||
    (group !== null && !window.showsEndOf(group)) ||
    (before !== null && to === high && isTied(before) && !window.showsEndOf(before.time));
  return {
    from,
    to,
    more: backward ? from > low : to < high,
    lacksBefore: lacksBefore && !window.isAtStart,
    lacksAfter: lacksAfter && !window.isAtEnd,
    group,
    isLost: false,
  };
}

function lost<C extends ChatRow>({ isAtStart, isAtEnd }: ChatWindow<C>): ChatCut {
  return {
    from: 0,
    to: 0,
    more: false,
    lacksBefore: !isAtStart,
    lacksAfter: !isAtEnd,
    group: null,
    isLost: true,
  };
}

/** Whether other chats had the same time and an order by id when the cursor was written. */
function isTied({ group }: ChatPlace): boolean {
  return 'lead' in group && group.lead + group.trail > 0;
}
