import { DEFAULT_LIMIT, type MessageQuery, type MessageRow, type MessageSource } from './message-source.ts';
import { inOrder } from './position.ts';
import { unusable } from './unusable.ts';
import type { UpstreamHabits } from './upstream-habits.ts';

/** One answer of Get Messages. */
export interface ReadMessages<M> {
  /** In the list's order, each message once. */
  readonly rows: readonly M[];
  /** As many as came. */
  readonly count: number;
  /** As many as were asked for. */
  readonly limit: number;
}

/** Reads one chat's messages for one page, within the limits that the upstream is known to take. */
export class MessageReader<M extends MessageRow> {
  readonly habits: UpstreamHabits;
  readonly #source: MessageSource<M>;
  #firstMessageAt: number | null = null;
  #lastMessageAt: number | null = null;

  constructor(source: MessageSource<M>, habits: UpstreamHabits) {
    this.#source = source;
    this.habits = habits;
  }

  /** Epoch ms of the whole chat's first message, by the latest answer; null before one came and for an empty chat. */
  get firstMessageAt(): number | null {
    return this.#firstMessageAt;
  }

  get lastMessageAt(): number | null {
    return this.#lastMessageAt;
  }

  /** One REST call; a second one, once in the life of the process, when the limit is refused. */
  async read(query: MessageQuery): Promise<ReadMessages<M>> {
    let limit = this.habits.allowed(query.limit);
    let answer = await this.#source.read({ ...query, limit });
    if (answer === 'refused') {
      const refused = limit;
      limit = DEFAULT_LIMIT;
      answer = await this.#source.read({ ...query, limit });
      if (answer === 'refused') throw unusable('Texter refused a page of its default size.');
      this.habits.refused(refused);
    }
    const { messages, minTime, maxTime } = answer;
    this.#firstMessageAt = typeof minTime === 'number' ? minTime : null;
    this.#lastMessageAt = typeof maxTime === 'number' ? maxTime : null;
    this.habits.answered(limit, messages.length);
    return { rows: inOrder(messages), count: messages.length, limit };
  }
}
