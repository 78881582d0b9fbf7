import type { ChatSearchQuery } from '../texter/client.ts';
import type { ChatRecord } from '../texter/wire.ts';
import type { ChatHandle } from './chat-handle.ts';
import type { Upstream } from './upstream.ts';

export interface ChatPage {
  edges: { cursor: string; node: ChatHandle }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: number;
}

export async function readChatPage(
  upstream: Upstream,
  query: ChatSearchQuery,
  args: { first?: number | null | undefined },
  _max: number,
  adopt: (record: ChatRecord, round: number) => ChatHandle,
): Promise<ChatPage> {
  const { data, total } = await upstream.call({
    round: 1,
    fromCaller: true,
    send: (client, options) => client.searchChats({ ...query, limit: args.first ?? 30 }, options),
  });
  return {
    edges: data.map((record) => ({ cursor: record._id, node: adopt(record, 1) })),
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    totalCount: total,
  };
}
