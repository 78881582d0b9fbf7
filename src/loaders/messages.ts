import type { MessageReference } from '../model/ids.ts';
import type { MessageNode } from '../model/message.ts';
import type { Upstream } from './upstream.ts';

export interface MessagePageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly botSessionId?: string | null | undefined;
}

export class MessageLoaders {
  readonly #upstream: Upstream;
  constructor(upstream: Upstream, _limits: unknown, _maxPageSize: number) {
    this.#upstream = upstream;
  }
  async page(chatId: string, args: MessagePageArgs, knownAfter: number) {
    const { messages, minTime, maxTime } = await this.#upstream.call({
      round: knownAfter + 1,
      send: (client, options) =>
        client.getMessages(
          chatId,
          {
            limit: args.last ?? args.first ?? 50,
            before: { time: 4102444800000, id: '0'.repeat(24) },
            ...(args.botSessionId ? { botSessionId: args.botSessionId } : {}),
          },
          options,
        ),
    });
    return {
      edges: messages.map((wire) => ({ cursor: wire._id, node: { chatId, wire } })),
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      firstMessageAt: minTime ? new Date(minTime) : null,
      lastMessageAt: maxTime ? new Date(maxTime) : null,
    };
  }
  prefetch(_chatId: string, _args: MessagePageArgs, _knownAfter: number): void {}
  async byReference(_reference: MessageReference): Promise<MessageNode | null> {
    return null;
  }
}
