/** What paging reads of a chat; REST's record has more. */
export interface ChatRow {
  readonly _id: string;
  /** Epoch ms; absent on a chat without messages. */
  readonly last_message_timestamp?: number | null | undefined;
}

/** Search Chats' answer: rows `skip` to `skip + limit` of the list, and the length of the whole list. */
export interface ChatAnswer<C> {
  readonly data: readonly C[];
  readonly total: number;
}

/** Search Chats takes limits from 1 to this. */
export const LARGEST_SEARCH_LIMIT = 10_000;

/** The chats of one filter, one REST call a search. */
export interface ChatSource<C extends ChatRow> {
  search(window: { readonly skip: number; readonly limit: number }): Promise<ChatAnswer<C>>;
}
