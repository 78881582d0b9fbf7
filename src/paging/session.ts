import { readBackward } from './backward.ts';
import { readForward } from './forward.ts';
import { MessageList, NO_ID } from './message-list.ts';
import type { MessageReader, ReadMessages } from './message-reader.ts';
import { DEFAULT_LIMIT, type MessageRow } from './message-source.ts';
import { type Position, type Selection, select } from './position.ts';
import { firstOf, lastOf, type Slice } from './slice.ts';
import type { SessionHabit } from './upstream-habits.ts';

/** Room for nearly every bot session. */
const SESSION_LIMIT = 2 * DEFAULT_LIMIT;
/** From one limit to the next for a session that has to be read whole. */
const LIMIT_GROWTH = 8;

/** `first` or `last`, and how many. */
interface SliceRequest {
  readonly backward: boolean;
  readonly size: number;
}

/**
 * Pages of one bot session: of the messages that Texter's session filter lets through. Whether `limit` and the cursor
 * pair work beside that filter is not documented, so this begins with the one thing that is, the session alone, and
 * asks for more only where an answer was cut.
 *
 * REST calls: 1 for a session of up to 100 messages; where Texter honours the pair, as for a chat; one more of each of
 * these once in the life of a process: to see that a short answer was not cut, and to see what the pair does. Where the
 * pair is ignored, 1 or 2 more if a larger limit is taken; else the chat itself is read, and its messages picked by
 * their `botSessionId`.
 */
export class SessionPager<M extends MessageRow> {
  readonly #reader: MessageReader<M>;
  readonly #botSessionId: string;
  readonly #chat: MessageList<M>;
  readonly #session: MessageList<M>;

  constructor(reader: MessageReader<M>, chatId: string, botSessionId: string) {
    this.#reader = reader;
    this.#botSessionId = botSessionId;
    this.#chat = new MessageList(reader, chatId);
    this.#session = new MessageList(reader, chatId, botSessionId);
  }

  async read(selection: Selection<M>, { backward, size }: SliceRequest): Promise<Slice<M>> {
    const { habits } = this.#reader;
    const slice = backward ? readBackward : readForward;
    if (habits.sessions === 'paged') return slice(this.#session, selection, size);
    let sample = await this.#readAlone(Math.max(size + 1, SESSION_LIMIT));
    let isWhole = await this.#isWhole(sample);
    if (!isWhole) {
      habits.sessions ??= await this.#learn(sample.rows);
      if (habits.sessions === 'paged') return slice(this.#session, selection, size);
    }
    while (!isWhole && sample.count >= sample.limit && habits.allowed(sample.limit + 1) > sample.limit) {
      sample = await this.#readAlone(sample.limit * LIMIT_GROWTH);
      isWhole = await this.#isWhole(sample);
    }
    if (isWhole) return (backward ? lastOf : firstOf)(select(sample.rows, selection), size);
    return slice(this.#chat, await this.#narrow(selection, sample.rows), size);
  }

  #readAlone(limit: number): Promise<ReadMessages<M>> {
    return this.#reader.read({ limit, botSessionId: this.#botSessionId });
  }

  /** Whether an answer for the session alone holds all of it. */
  async #isWhole({ count, limit }: ReadMessages<M>): Promise<boolean> {
    const { habits } = this.#reader;
    if (count >= limit || habits.expected(limit) <= count) return false;
    // Not cut by its limit; by a silent cap perhaps, unless a longer answer was seen. The chat is the longer list.
    if (!habits.isUncut(count)) await this.#chat.read(null, count + 1);
    return habits.isUncut(count);
  }

  /** What the pair does beside a session: asked for the newest message up to a time inside the part that is known. */
  async #learn(known: readonly M[]): Promise<SessionHabit | undefined> {
    const first = known[0]?.timestamp;
    const last = known.at(-1)?.timestamp;
    const inside = known.find(({ timestamp }) => timestamp !== first && timestamp !== last)?.timestamp;
    if (inside === undefined) return undefined;
    const before = { time: inside, id: NO_ID };
    const { rows } = await this.#reader.read({ limit: 1, before, botSessionId: this.#botSessionId });
    const time = rows.at(-1)?.timestamp;
    return time === inside ? 'paged' : time === first ? 'oldest' : 'newest';
  }

  /** The session as a selection of its chat's messages, given the end of it that Texter shows. */
  async #narrow({ after, before }: Selection<M>, shown: readonly M[]): Promise<Selection<M>> {
    const { habits } = this.#reader;
    const first = shown[0]?.timestamp ?? 0;
    const last = shown.at(-1)?.timestamp ?? 0;
    habits.dropsSystemMessages ??= await this.#dropsSystemMessages(shown, first, last);
    return {
      after: habits.sessions === 'oldest' && (after === null || after.time < first) ? placeAt(first) : after,
      before:
        habits.sessions === 'newest' && (before === null || before.time > last) ? placeAt(last + 1) : before,
      belongs: (row) =>
        row.botSessionId === this.#botSessionId &&
        !(row.systemMessage === true && habits.dropsSystemMessages === true),
    };
  }

  /** Whether the session filter hides system messages of the session; undefined where nothing shows it. */
  async #dropsSystemMessages(shown: readonly M[], first: number, last: number): Promise<boolean | undefined> {
    if (shown.some(({ systemMessage }) => systemMessage === true)) return false;
    const { rows } = await this.#chat.read({ time: last - 1, id: NO_ID }, SESSION_LIMIT);
    const isHidden = (row: M) =>
      row.timestamp > first && row.systemMessage === true && row.botSessionId === this.#botSessionId;
    return rows.some(isHidden) || undefined;
  }
}

/** Before everything in a millisecond. */
function placeAt(time: number): Position {
  return { time, id: NO_ID };
}
