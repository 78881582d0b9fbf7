import { type ConnectionArguments, pageFlags, readPageRequest } from './arguments.ts';
import type { ChatRow, ChatSource } from './chat-source.ts';
import { CursorScope, foreignCursor } from './cursor.ts';
import { Page } from './page.ts';

const DEFAULT_SIZE = 30;

export interface ChatPagingOptions {
  /** Largest page (`MAX_PAGE_SIZE`). */
  readonly maximum: number;
  /** Names the filter: equal for equal filters, different for different ones. A cursor belongs to it. */
  readonly filter: string;
}

export interface ChatPage<C> {
  readonly page: Page<C>;
  /** Chats that match the filter, over all pages. */
  readonly totalCount: number;
}

/** What Relay's algorithm gives on the chats of a filter, newest activity first. */
export async function pageChats<C extends ChatRow>(
  source: ChatSource<C>,
  args: ConnectionArguments,
  { maximum, filter }: ChatPagingOptions,
): Promise<ChatPage<C>> {
  const backward = args.first == null && args.after == null && args.before != null;
  const request = readPageRequest(args, { maximum, size: DEFAULT_SIZE, backward });
  const scope = new CursorScope('chat', filter);
  const offset = (argument: 'after' | 'before', cursor: string | null) => {
    if (cursor === null) return null;
    const payload = scope.read(cursor);
    if (payload === null) throw foreignCursor(argument, cursor);
    return Number.parseInt(payload, 36);
  };
  const after = offset('after', request.after);
  const before = offset('before', request.before);
  const lowest = after === null ? 0 : after + 1;
  const highest = before ?? Number.POSITIVE_INFINITY;
  const start = request.backward && before !== null ? Math.max(before - request.size, lowest) : lowest;
  const { data, total } = await source.search({
    skip: start,
    limit: Math.max(Math.min(request.size, highest - start), 1),
  });
  const rows = data.slice(0, request.size);
  const more = request.backward ? start > lowest : start + rows.length < Math.min(total, highest);
  const page = Page.of(rows, pageFlags(request, more), (_row, index) =>
    scope.write((start + index).toString(36)),
  );
  return { page, totalCount: total };
}
