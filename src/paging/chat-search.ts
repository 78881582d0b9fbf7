import { GatewayError } from '../errors.ts';
import { type ChatCut, type ChatSelection, cut } from './chat-cut.ts';
import type { ChatPlace } from './chat-place.ts';
import type { ChatRow, ChatSource } from './chat-source.ts';
import { ChatWindow } from './chat-window.ts';

/** Search Chats' largest `limit`. */
const LARGEST_LIMIT = 10_000;
/** Rows by which a window grows that does not show enough; at each further attempt ten times more. */
const FIRST_STEP = 10;
const STEP_GROWTH = 10;
/** The row that a place in REST's own order names is looked for no further away. */
const FARTHEST_STEP = 100;

/** Part of the list: from one index up to another. */
interface Bounds {
  readonly start: number;
  readonly end: number;
}

export interface FoundCut<C extends ChatRow> {
  readonly window: ChatWindow<C>;
  readonly cut: ChatCut;
}

/**
 * The window of the list that shows a selection, found by asking for wider ones until it does. All of a page comes from
 * one answer, so that it is a page of the list as it was at one moment.
 *
 * REST calls: 1 while the list stands still; 2 for `last` without `before`, which has to learn the list's length. One
 * more for an anchor that moved by up to 10 rows, or for a group of up to 10 chats of one time that crosses the page's
 * edge; and one more for each further power of ten.
 */
export async function searchCut<C extends ChatRow>(
  source: ChatSource<C>,
  selection: ChatSelection,
): Promise<FoundCut<C>> {
  const { after, before, backward, size } = selection;
  const given = new Set(
    [after, before].flatMap((place) => (place && 'previous' in place.group ? place.time : [])),
  );
  const asked = new Set<string>();
  let bounds = firstBounds(selection);
  for (let step = FIRST_STEP; !asked.has(`${bounds.start} ${bounds.end}`); step *= STEP_GROWTH) {
    const { start, end } = bounds;
    asked.add(`${start} ${end}`);
    const answer = await source.search({ skip: start, limit: end - start });
    let window = new ChatWindow(answer, start, given);
    let found = cut(window, selection);
    if (found.group !== null && end - start === LARGEST_LIMIT) {
      given.add(found.group);
      window = new ChatWindow(answer, start, given);
      found = cut(window, selection);
    }
    if (!found.isLost && !found.lacksBefore && !found.lacksAfter) return { window, cut: found };
    if (found.isLost && step > FARTHEST_STEP) break;
    const { total } = answer;
    bounds =
      backward && before === null && found.lacksAfter
        ? { start: Math.max(total - size - 1, 0), end: total }
        : widen(bounds, found, step, total);
  }
  throw new GatewayError(
    'UPSTREAM_INVALID_RESPONSE',
    'Texter lists more chats with the same time of the last message than can be brought into a lasting order.',
  );
}

/** Where the selection is if the list stood still. */
function firstBounds({ after, before, backward, size }: ChatSelection): Bounds {
  const anchor = backward ? before : after;
  if (anchor === null) return { start: 0, end: size + 1 };
  const { offset } = anchor;
  const { lead, trail } = marginsOf(anchor);
  const start = Math.max(backward ? offset - Math.max(size + 1, lead) : offset - lead, 0);
  const end = backward ? offset + trail + 1 : offset + Math.max(size + 1, trail) + 1;
  return { start, end: Math.min(end, start + LARGEST_LIMIT) };
}

/** Rows on both sides of a place that show where it stands: its group and one more. */
function marginsOf({ group }: ChatPlace): { lead: number; trail: number } {
  if ('previous' in group) return { lead: 1, trail: 0 };
  return group.lead + group.trail === 0
    ? { lead: 0, trail: 0 }
    : { lead: group.lead + 1, trail: group.trail + 1 };
}

function widen(
  { start, end }: Bounds,
  { from, to, lacksBefore, lacksAfter }: ChatCut,
  step: number,
  total: number,
): Bounds {
  if (end - start < LARGEST_LIMIT) {
    const low = lacksBefore ? Math.max(Math.min(start, total) - step, 0) : start;
    const high = lacksAfter ? end + step : Math.max(Math.min(end, total), low + 1);
    return lacksAfter
      ? { start: low, end: Math.min(high, low + LARGEST_LIMIT) }
      : { start: Math.max(low, high - LARGEST_LIMIT), end: high };
  }
  // As wide as can be: on to the next part, with what was shown of the page kept in view.
  if (lacksAfter) {
    const next = start + Math.max(from - 1, 1);
    return { start: next, end: next + LARGEST_LIMIT };
  }
  const last = start + to + 2;
  return { start: Math.max(last - LARGEST_LIMIT, 0), end: last };
}
