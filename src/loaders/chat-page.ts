import type { ConnectionArguments } from '../paging/arguments.ts';
import { pageChats } from '../paging/chats.ts';
import type { Edge, PageInfo } from '../paging/page.ts';
import type { ChatSearchQuery } from '../texter/client.ts';
import { searchRequest } from '../texter/endpoints.ts';
import type { ChatRecord } from '../texter/wire.ts';
import type { ChatHandle } from './chat-handle.ts';
import type { Upstream } from './upstream.ts';

export interface ChatPage {
  readonly edges: Edge<ChatHandle>[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/**
 * A page of the chats that a search finds. One REST call while the list stands still (src/paging/chats.ts tells the
 * rest). `adopt` takes each record in, with the round of the read that brought it.
 */
export async function readChatPage(
  upstream: Upstream,
  query: ChatSearchQuery,
  args: ConnectionArguments,
  maxPageSize: number,
  adopt: (record: ChatRecord, round: number) => ChatHandle,
): Promise<ChatPage> {
  let round = 0;
  const source = {
    search: (window: { skip: number; limit: number }) => {
      round += 1;
      return upstream.call({
        round,
        fromCaller: true,
        request: () => searchRequest({ ...query, ...window }),
      });
    },
  };
  const { page, totalCount } = await pageChats(source, args, {
    maximum: maxPageSize,
    filter: JSON.stringify(query),
  });
  const chats = page.map((record) => adopt(record, round));
  return { edges: chats.edges, pageInfo: chats.pageInfo, totalCount };
}
