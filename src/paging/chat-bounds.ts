import type { ChatCut, ChatSelection } from './chat-cut.ts';
import type { ChatPlace } from './chat-place.ts';
import { LARGEST_SEARCH_LIMIT } from './chat-source.ts';

/** Part of the list: the rows from one index up to another, never more than one answer holds. */
export interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** Where a selection is if the list stood still; the list's start for one at its end, which only an answer can tell. */
export function expectedBounds({ after, before, backward, size }: ChatSelection): Bounds {
  const anchor = backward ? before : after;
  if (anchor === null) return { start: 0, end: size + 1 };
  const { offset } = anchor;
  const { lead, trail } = marginsOf(anchor);
  return backward
    ? upTo(offset + 1 + trail, offset - Math.max(size + 1, lead))
    : from(offset - lead, offset + 1 + Math.max(size + 1, trail));
}

/** Rows around a place that show where it stands: its group, and one more. None around a chat alone with its time. */
function marginsOf({ group }: ChatPlace): { lead: number; trail: number } {
  if ('previous' in group) return { lead: 1, trail: 0 };
  const { lead, trail } = group;
  return lead + trail === 0 ? group : { lead: lead + 1, trail: trail + 1 };
}

/** The end of a list of this length, with room for it to have grown, and for a group of one time at the page's edge. */
export function boundsAtEnd(total: number, size: number, room: number): Bounds {
  return upTo(total + room, total - size - room);
}

/** Bounds that show what a cut lacked: wider ones, or once no answer holds more, the next ones. */
export function widen({ start, end }: Bounds, cut: ChatCut, step: number, total: number): Bounds {
  const { lacksBefore, lacksAfter } = cut;
  if (end - start === LARGEST_SEARCH_LIMIT) {
    // What is seen of the page stays in view.
    if (lacksAfter) return from(start + Math.max(cut.from - 1, 1), Number.POSITIVE_INFINITY);
    return upTo(start + cut.to + 2, 0);
  }
  if (!lacksBefore) return from(start, end + step);
  const low = Math.min(start, total) - step;
  return lacksAfter ? from(low, end + step) : upTo(Math.max(Math.min(end, total), 1), low);
}

function from(start: number, end: number): Bounds {
  const first = Math.max(start, 0);
  return { start: first, end: Math.min(end, first + LARGEST_SEARCH_LIMIT) };
}

function upTo(end: number, start: number): Bounds {
  return { start: Math.max(start, end - LARGEST_SEARCH_LIMIT, 0), end };
}
