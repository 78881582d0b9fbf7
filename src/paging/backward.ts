import type { MessageList } from './message-list.ts';
import { DEFAULT_LIMIT, type MessageRow } from './message-source.ts';
import { type Selection, select } from './position.ts';
import { lastOf, type Slice } from './slice.ts';

/**
 * The newest `size` messages of a selection.
 *
 * REST calls: 1 when the message that follows the page is in another millisecond; 1 more for a group of up to `size`
 * messages in the page's oldest millisecond; another for each time the group outgrows the limit. Behind a silent cap
 * as many as it takes to read `size` + 1 messages.
 */
export async function readBackward<M extends MessageRow>(
  list: MessageList<M>,
  selection: Selection<M>,
  size: number,
): Promise<Slice<M>> {
  const lowest = (selection.after?.time ?? Number.NEGATIVE_INFINITY) - 1;
  let stretch = await list.read(selection.before, size + 1, selection.before ?? selection.after);
  for (;;) {
    const { floor } = stretch;
    const rows = select(stretch.rows, selection);
    if (floor <= lowest) return lastOf(rows, size);
    const open = rows.findIndex((row) => row.timestamp > floor);
    const settled = open === -1 ? 0 : rows.length - open;
    if (settled >= size && rows.length > size) return lastOf(rows, size);
    // Enough for what is missing, and for a group of a page's size around the page's edge.
    stretch = await list.extend(stretch, Math.max(2 * size - settled, DEFAULT_LIMIT));
  }
}
