import { GatewayError } from '../errors.ts';
import {
  DEFAULT_LIMIT,
  type MessageAnswer,
  type MessageQuery,
  type MessageSource,
} from '../paging/message-source.ts';
import { messagesRequest } from '../texter/endpoints.ts';
import { TexterError } from '../texter/errors.ts';
import type { WireMessage } from '../texter/wire.ts';
import type { Upstream } from './upstream.ts';

/** The messages of one chat as paging reads them, one REST call a read. */
export class MessageReads implements MessageSource<WireMessage> {
  readonly #upstream: Upstream;
  readonly #chatId: string;
  readonly #fromCaller: boolean;
  #round: number;

  /** `knownAfter`: reads that had to be answered before. `fromCaller`: whether a 400 is the caller's mistake. */
  constructor(
    upstream: Upstream,
    chatId: string,
    { knownAfter, fromCaller }: { knownAfter: number; fromCaller: boolean },
  ) {
    this.#upstream = upstream;
    this.#chatId = chatId;
    this.#fromCaller = fromCaller;
    this.#round = knownAfter;
  }

  /** The round of the latest read. */
  get round(): number {
    return this.#round;
  }

  async read(query: MessageQuery): Promise<MessageAnswer<WireMessage> | 'refused'> {
    const round = this.#round + 1;
    try {
      return await this.#upstream.call({
        round,
        fromCaller: this.#fromCaller,
        request: () => messagesRequest(this.#chatId, query),
      });
    } catch (error) {
      if (query.limit > DEFAULT_LIMIT && isBadRequest(error)) return 'refused';
      throw error;
    } finally {
      // Paging asks again only for what an earlier answer left open.
      this.#round = Math.max(this.#round, round);
    }
  }
}

function isBadRequest(error: unknown): boolean {
  if (!(error instanceof GatewayError)) return false;
  const { originalError } = error;
  return originalError instanceof TexterError && originalError.kind === 'bad-request';
}
