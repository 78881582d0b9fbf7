import { type ConnectionArguments, pageFlags, readPageRequest } from './arguments.ts';
import { readBackward } from './backward.ts';
import { readForward } from './forward.ts';
import { LIMIT_GROWTH, MessageList, NO_ID } from './message-list.ts';
import { MessageReader } from './message-reader.ts';
import { DEFAULT_LIMIT, type MessageRow, type MessageSource } from './message-source.ts';
import { Page } from './page.ts';
import { MessageCursors } from './position.ts';
import { SessionPager } from './session.ts';
import type { UpstreamHabits } from './upstream-habits.ts';

const DEFAULT_SIZE = 50;

/** Which list is paged: a chat's, or that of one bot session in it. */
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

/**
 * What Relay's algorithm gives on a list of messages, ordered by (timestamp, `_id`). What it costs in REST calls is told
 * by `readBackward`, `readForward` and `SessionPager`; an empty page (`first: 0`) costs 1 too, for what is said of the
 * chat. Throws `BAD_USER_INPUT` for arguments, `UPSTREAM_INVALID_RESPONSE` where Texter cannot be read exactly, and
 * whatever the source throws.
 */
export async function pageMessages<M extends MessageRow>(
  source: MessageSource<M>,
  { chatId, botSessionId = null }: MessageScope,
  args: ConnectionArguments,
  { maximum, habits }: MessagePagingOptions,
): Promise<MessagePage<M>> {
  const request = readPageRequest(args, { maximum, size: DEFAULT_SIZE, backward: true });
  const { backward, size, after, before } = request;
  const cursors = new MessageCursors(chatId);
  const selection = { after: cursors.read('after', after), before: cursors.read('before', before) };
  const reader = new MessageReader(source, habits);
  const { rows, more } =
    botSessionId !== null
      ? await new SessionPager(reader, chatId, botSessionId).read(selection, request)
      : await (backward ? readBackward : readForward)(new MessageList(reader, chatId), selection, size);
  const page = Page.of(rows, pageFlags(request, more), (row) => cursors.write(row));
  return { page, firstMessageAt: reader.firstMessageAt, lastMessageAt: reader.lastMessageAt };
}

/**
 * The message again, by what its global id carries; null when it is not there. One REST call; more when over 50
 * messages share its millisecond and it is not among those that came.
 */
export async function findMessage<M extends MessageRow>(
  source: MessageSource<M>,
  reference: { readonly chatId: string; readonly timestamp: number; readonly messageId: string },
  habits: UpstreamHabits,
): Promise<M | null> {
  const { chatId, timestamp, messageId } = reference;
  const list = new MessageList(new MessageReader(source, habits), chatId);
  const isWanted = (row: M) => row._id === messageId;
  const { rows, floor } = await list.read({ time: timestamp, id: NO_ID }, DEFAULT_LIMIT);
  const found = rows.find(isWanted);
  if (found !== undefined || floor < timestamp) return found ?? null;
  const whole = await list.readMillisecond(timestamp, DEFAULT_LIMIT * LIMIT_GROWTH);
  return whole.rows.find(isWanted) ?? null;
}
