// Resolvers for the peers that take SDL, in the manner of their documentation. A chat is `{ chatId, chat }`, because
// the public view does not carry its id.
import { GraphQLScalarType } from 'graphql';
import {
  agent,
  channelInfo,
  chatPage,
  chatStatus,
  direction,
  globalId,
  lastMessageAt,
  messageCursor,
  messageId,
  messageStatus,
  name,
  newest,
  sender,
} from './model.mjs';

/** `source(context)` has the REST calls: chat(id), search(text, limit), messages(id, limit). */
export const resolvers = (source) => ({
  DateTime: new GraphQLScalarType({ name: 'DateTime' }),
  Query: {
    async chat(_root, { chatId }, context) {
      return { chatId, chat: await source(context).chat(chatId) };
    },
    async chats(_root, { first, filter }, context) {
      const page = chatPage(await source(context).search(filter.search, first));
      return { ...page, nodes: page.nodes.map((chat) => ({ chatId: chat._id, chat })) };
    },
  },
  Chat: {
    id: ({ chatId }) => globalId('Chat', chatId),
    title: ({ chat }) => chat.title,
    name: ({ chat }) => name(chat),
    status: ({ chat }) => chatStatus(chat),
    unreadCount: ({ chat }) => chat.unreadCount,
    lastMessageAt: ({ chat }) => lastMessageAt(chat),
    channelInfo: ({ chat }) => channelInfo(chat),
    agent: ({ chat }) => agent(chat),
    labelIds: ({ chat }) => chat.labels,
    async messages({ chatId }, { last }, context) {
      const { shown, hasPreviousPage } = newest(await source(context).messages(chatId, last), last);
      const edges = shown.map((message) => ({
        cursor: messageCursor(message),
        node: { chatId, message },
      }));
      return { edges, pageInfo: { hasPreviousPage, startCursor: edges[0]?.cursor ?? null } };
    },
  },
  Message: {
    id: ({ chatId, message }) => messageId(chatId, message),
    createdAt: ({ message }) => new Date(message.timestamp).toISOString(),
    direction: ({ message }) => direction(message),
    status: ({ message }) => messageStatus(message),
    text: ({ message }) => message.text,
    sender: ({ message }) => sender(message),
  },
});
