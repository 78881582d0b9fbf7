import { GatewayError } from '../errors.ts';
import {
  DEFAULT_LIMIT,
  type MessageAnswer,
  type MessageQuery,
  type MessageSource,
} from '../paging/message-source.ts';
import { TexterError } from '../texter/errors.ts';
import type { WireMessage } from '../texter/wire.ts';
import type { Upstream } from './upstream.ts';

/** The messages of one chat as paging reads them, one REST call a read. */
export class MessageReads implements MessageSource<WireMessage> {
  readonly #upstream: Upstream;
  readonly #chatId: string;
  /** A chat that no read had to find was named by the caller, whose mistake a 400 then is. */
  readonly #fromCaller: boolean;
  #round: number;

  constructor(upstream: Upstream, chatId: string, knownAfter: number) {
    this.#upstream = upstream;
    this.#chatId = chatId;
    this.#fromCaller = knownAfter === 0;
    this.#round = knownAfter;
  }

  async read(query: MessageQuery): Promise<MessageAnswer<WireMessage> | 'refused'> {
    const round = this.#round + 1;
    try {
      return await this.#upstream.call({
        round,
        fromCaller: this.#fromCaller || query.botSessionId !== undefined,
        send: (client, options) => client.getMessages(this.#chatId, query, options),
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
