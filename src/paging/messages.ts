import { type ConnectionArguments, readPageRequest } from './arguments.ts';
import { readBackward } from './backward.ts';
import { readForward } from './forward.ts';
import { LIMIT_GROWTH, MessageList, NO_ID } from './message-list.ts';
import { DEFAULT_LIMIT, type MessageRow, type MessageSource } from './message-source.ts';
import { Page } from './page.ts';
import { MessageCursors } from './position.ts';
import type { UpstreamHabits } from './upstream-habits.ts';

const DEFAULT_SIZE = 50;

/** Which list is paged: a chat's, or one bot session's in it. */
export interface MessageScope {
  readonly chatId: string;
  readonly botSessionId?: string | null | undefined;
}

export interface MessagePagingOptions {
  /** Largest page (`MAX_PAGE_SIZE`). */
  readonly maximum: number;
  readonly habits: UpstreamHabits;
}

export interface MessagePage<M> {
  readonly page: Page<M>;
  /** Epoch ms of the whole chat's first and last message; null when it has none. */
  readonly firstMessageAt: number | null;
  readonly lastMessageAt: number | null;
}

/** What Relay's algorithm gives on a chat's messages (or a session's), ordered by (timestamp, `_id`). */
export async function pageMessages<M extends MessageRow>(
  source: MessageSource<M>,
  scope: MessageScope,
  args: ConnectionArguments,
  { maximum, habits }: MessagePagingOptions,
): Promise<MessagePage<M>> {
  const request = readPageRequest(args, { maximum, size: DEFAULT_SIZE, backward: true });
  const cursors = new MessageCursors(scope.chatId);
  const selection = {
    after: cursors.read('after', request.after),
    before: cursors.read('before', request.before),
  };
  const list = new MessageList(source, habits, scope.chatId, scope.botSessionId ?? null);
  const read = request.backward ? readBackward : readForward;
  const { rows, more } = await read(list, selection, request.size);
  const page = new Page(
    rows,
    (index) => {
      const row = rows[index];
      return row === undefined ? '' : cursors.write(row);
    },
    request.backward ? request.before !== null : more,
    request.backward ? more : request.after !== null,
  );
  return { page, firstMessageAt: list.firstMessageAt, lastMessageAt: list.lastMessageAt };
}

/**
 * The message again, by what its global id carries; null when it is not there. One REST call unless more than 50
 * messages share its millisecond.
 */
export async function findMessage<M extends MessageRow>(
  source: MessageSource<M>,
  { chatId, timestamp, messageId }: { chatId: string; timestamp: number; messageId: string },
  habits: UpstreamHabits,
): Promise<M | null> {
  const list = new MessageList(source, habits, chatId);
  const isWanted = (row: M) => row._id === messageId;
  const { rows, floor } = await list.read({ time: timestamp, id: NO_ID }, DEFAULT_LIMIT);
  const found = rows.find(isWanted);
  if (found !== undefined || floor < timestamp) return found ?? null;
  const whole = await list.readMillisecond(timestamp, DEFAULT_LIMIT * LIMIT_GROWTH);
  return whole.rows.find(isWanted) ?? null;
}
