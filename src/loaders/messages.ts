import DataLoader from 'dataloader';
import { badUserInput } from '../errors.ts';
import type { MessageReference } from '../model/ids.ts';
import type { MessageNode } from '../model/message.ts';
import type { ConnectionArguments } from '../paging/arguments.ts';
import { findMessage, pageMessages } from '../paging/messages.ts';
import type { Edge, PageInfo } from '../paging/page.ts';
import type { UpstreamHabits } from '../paging/upstream-habits.ts';
import { isSessionId } from '../texter/session-id.ts';
import { nullIfNotFound, ONE_BY_ONE } from './chat-views.ts';
import { MessageReads } from './message-reads.ts';
import type { Upstream } from './upstream.ts';

/** Arguments of `Chat.messages`; those of `BotState.messages` plus its session. */
export interface MessagePageArgs extends ConnectionArguments {
  readonly botSessionId?: string | null | undefined;
}

export interface MessagePage {
  readonly edges: Edge<MessageNode>[];
  readonly pageInfo: PageInfo;
  /** Epoch ms, of the whole chat; null when it has no messages. */
  readonly firstMessageAt: number | null;
  readonly lastMessageAt: number | null;
}

interface PageKey {
  readonly chatId: string;
  readonly args: MessagePageArgs;
  readonly knownAfter: number;
}

/** Every way messages enter an operation. */
export class MessageLoaders {
  readonly #upstream: Upstream;
  readonly #habits: UpstreamHabits;
  readonly #maxPageSize: number;
  readonly #pages: DataLoader<PageKey, MessagePage, string>;
  readonly #messages: DataLoader<MessageReference, MessageNode | null, string>;

  constructor(upstream: Upstream, habits: UpstreamHabits, maxPageSize: number) {
    this.#upstream = upstream;
    this.#habits = habits;
    this.#maxPageSize = maxPageSize;
    this.#pages = new DataLoader((keys) => Promise.all(keys.map((key) => this.#readPage(key))), {
      ...ONE_BY_ONE,
      cacheKeyFn: ({ chatId, args: { first, after, last, before, botSessionId } }) =>
        JSON.stringify([chatId, first, after, last, before, botSessionId]),
    });
    this.#messages = new DataLoader((keys) => Promise.all(keys.map((key) => this.#readMessage(key))), {
      ...ONE_BY_ONE,
      cacheKeyFn: ({ chatId, timestamp, messageId }) => `${chatId}:${timestamp}:${messageId}`,
    });
  }

  /**
   * A page of a chat's messages, or of one of its bot sessions'. `knownAfter`: reads that had to be answered before the
   * chat was known. What it costs in REST calls is told by src/paging/messages.ts; the same page asked for again, nothing.
   */
  page(chatId: string, args: MessagePageArgs, knownAfter: number): Promise<MessagePage> {
    return this.#pages.load({ chatId, args, knownAfter });
  }

  /** Starts what `page` would wait for. */
  prefetch(chatId: string, args: MessagePageArgs, knownAfter: number): void {
    this.page(chatId, args, knownAfter).catch(() => {
      // The field that asked for the page will report it.
    });
  }

  /** The message behind a global id; null when it, or its chat, is not there. One REST call. */
  byReference(reference: MessageReference): Promise<MessageNode | null> {
    return this.#messages.load(reference);
  }

  async #readPage({ chatId, args, knownAfter }: PageKey): Promise<MessagePage> {
    const { botSessionId } = args;
    if (botSessionId != null && !isSessionId(botSessionId)) {
      throw badUserInput(
        'botSessionId is not the id of a bot session: lower-case letters and digits make one.',
      );
    }
    const { page, firstMessageAt, lastMessageAt } = await pageMessages(
      new MessageReads(this.#upstream, chatId, knownAfter),
      { chatId, botSessionId },
      args,
      { maximum: this.#maxPageSize, habits: this.#habits },
    );
    const nodes = page.map((wire): MessageNode => ({ chatId, wire }));
    return { edges: nodes.edges, pageInfo: nodes.pageInfo, firstMessageAt, lastMessageAt };
  }

  async #readMessage(reference: MessageReference): Promise<MessageNode | null> {
    const { chatId } = reference;
    const reads = new MessageReads(this.#upstream, chatId, 0);
    const wire = await findMessage(reads, reference, this.#habits).catch(nullIfNotFound);
    return wire && { chatId, wire };
  }
}
