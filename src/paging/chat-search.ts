import { type Bounds, boundsAtEnd, expectedBounds, widen } from './chat-bounds.ts';
import { type ChatCut, type ChatSelection, cut } from './chat-cut.ts';
import { type ChatAnswer, type ChatRow, type ChatSource, LARGEST_SEARCH_LIMIT } from './chat-source.ts';
import { ChatWindow } from './chat-window.ts';
import { unusable } from './unusable.ts';

/** Rows by which a window grows that does not show enough; at each further attempt four times more. */
const FIRST_STEP = 10;
const STEP_GROWTH = 4;
/** The row that a place in REST's own order names is looked for no further away. */
const FARTHEST_STEP = 100;

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
 * edge; 2 for 50 rows, 3 for 200, 4 for 800, 5 for 3400, and 6 for as many as one answer holds.
 */
export async function searchCut<C extends ChatRow>(
  source: ChatSource<C>,
  selection: ChatSelection,
): Promise<FoundCut<C>> {
  const { after, before, backward, size } = selection;
  const given = new Set<number>();
  for (const place of [after, before]) if (place && 'previous' in place.group) given.add(place.time);
  const asked: string[] = [];
  let bounds = expectedBounds(selection);
  for (let step = FIRST_STEP; ; step *= STEP_GROWTH) {
    const { start, end } = bounds;
    const answer = await source.search({ skip: start, limit: end - start });
    const isAtEnd = await endsList(source, answer, bounds);
    let window = new ChatWindow(answer, start, isAtEnd, given);
    let found = cut(window, selection);
    if (found.group !== null && answer.data.length === LARGEST_SEARCH_LIMIT) {
      given.add(found.group);
      window = new ChatWindow(answer, start, isAtEnd, given);
      found = cut(window, selection);
    }
    if (!found.isLost && !found.lacksBefore && !found.lacksAfter) return { window, cut: found };
    const isHeldBack = !isAtEnd && answer.data.length < end - start;
    if (isHeldBack && step > FIRST_STEP) throw unusable('Texter returned fewer chats than it counts.');
    const question = `${start} ${end} ${answer.total}`;
    if (asked.includes(question) || (found.isLost && step > FARTHEST_STEP)) break;
    asked.push(question);
    bounds =
      backward && before === null && found.lacksAfter
        ? boundsAtEnd(answer.total, size, step)
        : widen(bounds, found, step, answer.total);
  }
  throw unusable('More chats have the same time of the last message than can be kept in order.');
}

/** Whether the list ends with an answer. One REST call more where `total` has it that rows are missing. */
async function endsList<C extends ChatRow>(
  source: ChatSource<C>,
  { data, total }: ChatAnswer<C>,
  { start, end }: Bounds,
): Promise<boolean> {
  const next = start + data.length;
  if (next >= total || next === end) return next >= total;
  return (await source.search({ skip: next, limit: 1 })).data.length === 0;
}
