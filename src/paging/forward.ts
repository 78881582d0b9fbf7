import type { Slice } from './backward.ts';
import type { MessageList, Stretch } from './message-list.ts';
import { DEFAULT_LIMIT, type MessageRow } from './message-source.ts';
import { type Selection, select } from './position.ts';

/** The oldest `size` messages of a selection. */
export async function readForward<M extends MessageRow>(
  list: MessageList<M>,
  selection: Selection<M>,
  size: number,
): Promise<Slice<M>> {
  const lowest = (selection.after?.time ?? Number.NEGATIVE_INFINITY) - 1;
  let stretch: Stretch<M> = await list.read(
    selection.before,
    Math.max(size, DEFAULT_LIMIT),
    selection.before ?? selection.after,
  );
  while (stretch.floor > lowest) stretch = await list.extend(stretch, 2 * DEFAULT_LIMIT);
  const rows = select(stretch.rows, selection);
  return { rows: rows.slice(0, size), more: rows.length > size };
}
