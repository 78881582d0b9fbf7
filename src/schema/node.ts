import type { GraphQLResolveInfo } from 'graphql';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import type { ChatHandle } from '../loaders/chat-handle.ts';
import { readNodeId } from '../model/ids.ts';
import type { MessageNode } from '../model/message.ts';
import { selectedBy } from './look-ahead.ts';
import { NodeRef } from './refs.ts';

builder.queryFields((t) => ({
  node: t.field({
    type: NodeRef,
    description:
      'Reads an object again by its global id. Null when there is nothing behind it; a malformed id is BAD_USER_INPUT. One REST call.',
    args: { id: t.arg.id({ required: true, description: 'A global `id` from an earlier answer.' }) },
    resolve: (_root, { id }, context, info) => readNode(id, context, info),
  }),
  nodes: t.field({
    type: [NodeRef],
    nullable: { list: false, items: true },
    description:
      'Reads several objects again, in the order of their ids. A bad id nulls its own slot. One REST call for each distinct id; at most 100.',
    args: { ids: t.arg.idList({ required: true, description: 'Global ids from earlier answers.' }) },
    resolve: (_root, { ids }, context, info) => {
      context.loaders.checkListSize('ids', ids.length);
      return ids.map((id) => readNode(id, context, info));
    },
  }),
}));

async function readNode(
  id: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ChatHandle | MessageNode | null> {
  const reference = readNodeId(id);
  if (reference === null) throw badUserInput('id is not a global id of this API.');
  const { loaders } = context;
  if (reference.typename === 'Message') return loaders.messages.byReference(reference);
  const chat = loaders.chats.byId(reference.chatId);
  const there = loaders.chats.ifThere(chat);
  selectedBy(info, context).ahead('Chat', chat);
  return there;
}
