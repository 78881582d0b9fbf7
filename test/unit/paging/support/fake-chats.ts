import type { ChatAnswer, ChatRow, ChatSource } from '../../../../src/paging/chat-source.ts';

export interface FakeChat extends ChatRow {
  readonly last_message_timestamp: number | null;
}

/** How the fake upstream behaves where Texter's documentation is silent. */
export interface ChatBehaviour {
  /** Order of chats of one time: by arrival, the same on each call; or another on each call. */
  readonly ties: 'stable' | 'random';
  /** Chats that `total` counts and no page shows. */
  readonly surplus: number;
  /** No answer is longer. */
  readonly cap: number;
}

/** Search Chats in memory: newest message first, chats without one last. */
export class FakeChats implements ChatSource<FakeChat> {
  readonly queries: { skip: number; limit: number }[] = [];
  /** Called before each answer: the list moves while a client reads it. */
  beforeAnswer: () => void = () => {};
  readonly #chats: Map<string, FakeChat>;
  readonly #behaviour: ChatBehaviour;
  #random = 1;
  /** REST's order, while it lasts. */
  #listed: FakeChat[] | null = null;

  constructor(chats: readonly FakeChat[], behaviour: Partial<ChatBehaviour> = {}) {
    this.#chats = new Map(chats.map((chat) => [chat._id, chat]));
    this.#behaviour = { ties: 'stable', surplus: 0, cap: Number.POSITIVE_INFINITY, ...behaviour };
  }

  get calls(): number {
    return this.queries.length;
  }

  /** Everything, in the order that pages promise: by time, and by id within one. */
  get all(): FakeChat[] {
    return [...this.#chats.values()].sort(orderOfChats);
  }

  set(chat: FakeChat): void {
    this.#listed = null;
    this.#chats.set(chat._id, chat);
  }

  delete(id: string): void {
    this.#listed = null;
    this.#chats.delete(id);
  }

  async search(window: { skip: number; limit: number }): Promise<ChatAnswer<FakeChat>> {
    this.queries.push(window);
    this.beforeAnswer();
    const { skip, limit } = window;
    const { ties, surplus, cap } = this.#behaviour;
    if (!Number.isInteger(skip) || skip < 0 || !Number.isInteger(limit) || limit < 1 || limit > 10_000) {
      throw new RangeError(`Search Chats takes no skip ${skip} and limit ${limit}.`);
    }
    if (this.#listed === null || ties === 'random') this.#listed = this.#list();
    const list = this.#listed;
    return { data: list.slice(skip, skip + Math.min(limit, cap)), total: list.length + surplus };
  }

  #list(): FakeChat[] {
    const chats = [...this.#chats.values()];
    if (this.#behaviour.ties === 'stable') return chats.sort((a, b) => timeOf(b) - timeOf(a));
    const rank = new Map(chats.map(({ _id }) => [_id, this.#next()]));
    return chats.sort((a, b) => timeOf(b) - timeOf(a) || (rank.get(a._id) ?? 0) - (rank.get(b._id) ?? 0));
  }

  #next(): number {
    this.#random = (this.#random * 48_271) % 2_147_483_647;
    return this.#random;
  }
}

export function orderOfChats(a: FakeChat, b: FakeChat): number {
  return timeOf(b) - timeOf(a) || (a._id < b._id ? -1 : a._id > b._id ? 1 : 0);
}

function timeOf(chat: FakeChat): number {
  return chat.last_message_timestamp ?? -1;
}
