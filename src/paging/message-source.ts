/** What paging reads of a message; REST's record has more. */
export interface MessageRow {
  readonly _id: string;
  /** Epoch ms. */
  readonly timestamp: number;
  readonly botSessionId?: string | null | undefined;
  readonly systemMessage?: boolean | null | undefined;
}

/** Get Messages' parameters. With `before`: the newest `limit` messages at or before `time`, without the one called `id`. */
export interface MessageQuery {
  readonly limit: number;
  /** `time` in epoch ms. */
  readonly before?: { readonly time: number; readonly id: string };
  readonly botSessionId?: string;
}

/** Get Messages' answer. The times are the first and the last of the whole chat, in epoch ms; `false` when it is empty. */
export interface MessageAnswer<M> {
  readonly messages: readonly M[];
  readonly minTime?: number | false | null | undefined;
  readonly maxTime?: number | false | null | undefined;
}

/** The messages of one chat, one REST call a read. */
export interface MessageSource<M extends MessageRow> {
  /**
   * `'refused'` when Texter answered 400 to a `limit` above `DEFAULT_LIMIT`: the limit may be why, and paging asks again
   * with a smaller one. Every other failure rejects, and reaches the caller of paging as it is.
   */
  read(query: MessageQuery): Promise<MessageAnswer<M> | 'refused'>;
}

/** Get Messages' documented default for `limit`, and so the largest that is known to be taken. */
export const DEFAULT_LIMIT = 50;
