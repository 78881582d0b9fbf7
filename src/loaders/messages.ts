import DataLoader from 'dataloader';
import { badUserInput, GatewayError } from '../errors.ts';
import type { MessageReference } from '../model/ids.ts';
import type { MessageNode } from '../model/message.ts';
import type { ConnectionArguments } from '../paging/arguments.ts';
import { findMessage, pageMessages } from '../paging/messages.ts';
import type { Edge, PageInfo } from '../paging/page.ts';
import type { UpstreamHabits } from '../paging/upstream-habits.ts';
import { isSessionId } from '../texter/session-id.ts';
import { nullIfNotFound } from './chat-views.ts';
import { MessageReads } from './message-reads.ts';
import type { Upstream } from './upstream.ts';

/** A bot session whose messages are asked for. */
export interface BotSession {
  readonly id: string;
  /** Whether the id is an argument of the caller's, rather than from an answer of Texter's. */
  readonly fromCaller: boolean;
}

export interface MessagePage {
  readonly edges: Edge<MessageNode>[];
  readonly pageInfo: PageInfo;
  /** Epoch ms, of the whole chat; null when it has no messages. */
  readonly firstMessageAt: number | null;
  readonly lastMessageAt: number | null;
}

/** A list of messages, and the page of it. */
export interface MessagePageKey {
  readonly chatId: string;
  /** Reads that had to be answered before the list was known. */
  readonly knownAfter: number;
  readonly session: BotSession | null;
  readonly args: ConnectionArguments;
}

/** The REST API reads one page at a time: the loaders do not batch, they ask once for each. */
const ONE_BY_ONE = { maxBatchSize: 1, batchScheduleFn: queueMicrotask };

/** Every way messages enter an operation. */
export class MessageLoaders {
  readonly #upstream: Upstream;
  readonly #habits: UpstreamHabits;
  readonly #maxPageSize: number;
  readonly #pages: DataLoader<MessagePageKey, MessagePage, string>;
  readonly #messages: DataLoader<MessageReference, MessageNode | null, string>;

  constructor(upstream: Upstream, habits: UpstreamHabits, maxPageSize: number) {
    this.#upstream = upstream;
    this.#habits = habits;
    this.#maxPageSize = maxPageSize;
    this.#pages = new DataLoader((keys) => Promise.all(keys.map((key) => this.#readPage(key))), {
      ...ONE_BY_ONE,
      cacheKeyFn: ({ chatId, session, args: { first, after, last, before } }) =>
        JSON.stringify([chatId, session?.id, first, after, last, before]),
    });
    this.#messages = new DataLoader((keys) => Promise.all(keys.map((key) => this.#readMessage(key))), {
      ...ONE_BY_ONE,
      cacheKeyFn: ({ chatId, timestamp, messageId }) => `${chatId}:${timestamp}:${messageId}`,
    });
  }

  /**
   * A page of a chat's messages, or of one of its bot sessions'. What it costs in REST calls is told by
   * src/paging/messages.ts; the same page asked for again, nothing.
   */
  page(key: MessagePageKey): Promise<MessagePage> {
    return this.#pages.load(key);
  }

  /** Starts what `page` would wait for. */
  prefetch(key: MessagePageKey): void {
    this.page(key).catch(() => {
      // The field that asked for the page will report it.
    });
  }

  /** The message behind a global id; null when it, or its chat, is not there. One REST call. */
  byReference(reference: MessageReference): Promise<MessageNode | null> {
    return this.#messages.load(reference);
  }

  async #readPage({ chatId, knownAfter, session, args }: MessagePageKey): Promise<MessagePage> {
    if (session !== null && !isSessionId(session.id)) throw notASession(session);
    // A chat that no read had to find was named by the caller, too.
    const fromCaller = knownAfter === 0 || session?.fromCaller === true;
    const reads = new MessageReads(this.#upstream, chatId, { knownAfter, fromCaller });
    const { page, firstMessageAt, lastMessageAt } = await pageMessages(
      reads,
      { chatId, botSessionId: session?.id },
      args,
      { maximum: this.#maxPageSize, habits: this.#habits },
    );
    const { round } = reads;
    const nodes = page.map((wire): MessageNode => ({ chatId, wire, round }));
    return { edges: nodes.edges, pageInfo: nodes.pageInfo, firstMessageAt, lastMessageAt };
  }

  async #readMessage(reference: MessageReference): Promise<MessageNode | null> {
    const { chatId } = reference;
    const reads = new MessageReads(this.#upstream, chatId, { knownAfter: 0, fromCaller: true });
    const wire = await findMessage(reads, reference, this.#habits).catch(nullIfNotFound);
    return wire && { chatId, wire, round: reads.round };
  }
}

function notASession({ fromCaller }: BotSession): GatewayError {
  return fromCaller
    ? badUserInput('botSessionId is not the id of a bot session: lower-case letters and digits make one.')
    : new GatewayError(
        'UPSTREAM_INVALID_RESPONSE',
        'Texter gave a bot session an id that it takes no reads for.',
      );
}
