import { type ConnectionArguments, pageFlags, readPageRequest } from './arguments.ts';
import { ChatCursors } from './chat-place.ts';
import { searchCut } from './chat-search.ts';
import type { ChatRow, ChatSource } from './chat-source.ts';
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

/**
 * What Relay's algorithm gives on the chats of a filter, newest message first, and chats of one time by id. What it costs
 * in REST calls is told by `searchCut`. Throws `BAD_USER_INPUT` for arguments, `UPSTREAM_INVALID_RESPONSE` where chats of
 * one time are too many to be put in order, and whatever the source throws.
 *
 * A cursor is the chat that it was written for: its time of the last message and its id are its place in the list, and
 * where it stood is only where that place is looked for first. So a chat that does not change keeps its side of every
 * cursor, however the list moves, and a walk delivers it exactly once.
 */
export async function pageChats<C extends ChatRow>(
  source: ChatSource<C>,
  args: ConnectionArguments,
  { maximum, filter }: ChatPagingOptions,
): Promise<ChatPage<C>> {
  const backward = args.after == null && args.before != null;
  const request = readPageRequest(args, { maximum, size: DEFAULT_SIZE, backward });
  const cursors = new ChatCursors(filter);
  const { window, cut } = await searchCut(source, {
    backward: request.backward,
    size: request.size,
    after: cursors.read('after', request.after),
    before: cursors.read('before', request.before),
  });
  const page = Page.of(window.rows.slice(cut.from, cut.to), pageFlags(request, cut.more), (row, index) =>
    cursors.write(window.placeOf(row, cut.from + index)),
  );
  return { page, totalCount: window.total };
}
