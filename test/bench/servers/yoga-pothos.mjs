// GraphQL Yoga and Pothos with their defaults and Node's fetch: what the gateway is made of, before anything was done.
import SchemaBuilder from '@pothos/core';
import { createYoga } from 'graphql-yoga';
import { authorization, listen, upstreamUrl } from './listen.mjs';
import {
  agent,
  channelInfo,
  chatPage,
  chatPath,
  chatStatus,
  direction,
  globalId,
  lastMessage,
  lastMessageAt,
  messageCursor,
  messageId,
  messageStatus,
  messagesPath,
  name,
  newest,
  searchPath,
  sender,
} from './model.mjs';

async function read(path) {
  const response = await fetch(upstreamUrl + path, { headers: { authorization } });
  return response.json();
}

const builder = new SchemaBuilder({ defaultFieldNullability: true });
builder.scalarType('DateTime', { serialize: (value) => value });
const enumType = (enumName, values) => builder.enumType(enumName, { values });
const ChatStatus = enumType('ChatStatus', ['BOT', 'PENDING', 'ASSIGNED', 'RESOLVED', 'BULK']);
const ChannelName = enumType('ChannelName', [
  'WHATSAPP',
  'MESSENGER',
  'INSTAGRAM',
  'WEBSITE_CHAT',
  'EMAIL',
  'SMS',
]);
const MessageDirection = enumType('MessageDirection', ['INCOMING', 'OUTGOING']);
const MessageStatus = enumType('MessageStatus', [
  'SENT',
  'ACCEPTED',
  'DELIVERED',
  'SEEN',
  'FAILED',
  'CHANNEL_FAILED',
  'DELETED',
]);
const MessageSenderKind = enumType('MessageSenderKind', ['CONTACT', 'BOT', 'AGENT', 'OTHER', 'SYSTEM']);

const PageInfo = builder.objectRef('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage'),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage'),
    startCursor: t.exposeString('startCursor'),
    endCursor: t.exposeString('endCursor'),
  }),
});
const ChannelInfo = builder.objectRef('ChannelInfo').implement({
  fields: (t) => ({ name: t.expose('name', { type: ChannelName }), contactId: t.exposeID('contactId') }),
});
const Agent = builder
  .objectRef('Agent')
  .implement({ fields: (t) => ({ displayName: t.exposeString('displayName') }) });
const MessagePreview = builder
  .objectRef('MessagePreview')
  .implement({ fields: (t) => ({ type: t.exposeString('type'), text: t.exposeString('text') }) });
const MessageSender = builder.objectRef('MessageSender').implement({
  fields: (t) => ({ kind: t.expose('kind', { type: MessageSenderKind }), agentUid: t.exposeID('agentUid') }),
});
const Message = builder.objectRef('Message').implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ chatId, message }) => messageId(chatId, message) }),
    createdAt: t.field({
      type: 'DateTime',
      resolve: ({ message }) => new Date(message.timestamp).toISOString(),
    }),
    direction: t.field({ type: MessageDirection, resolve: ({ message }) => direction(message) }),
    status: t.field({ type: MessageStatus, resolve: ({ message }) => messageStatus(message) }),
    text: t.string({ resolve: ({ message }) => message.text }),
    sender: t.field({ type: MessageSender, resolve: ({ message }) => sender(message) }),
  }),
});
const MessageEdge = builder.objectRef('MessageEdge').implement({
  fields: (t) => ({ cursor: t.exposeString('cursor'), node: t.expose('node', { type: Message }) }),
});
const MessageConnection = builder.objectRef('MessageConnection').implement({
  fields: (t) => ({
    edges: t.expose('edges', { type: [MessageEdge] }),
    pageInfo: t.expose('pageInfo', { type: PageInfo }),
  }),
});
const Chat = builder.objectRef('Chat').implement({
  fields: (t) => ({
    id: t.id({ resolve: ({ chatId }) => globalId('Chat', chatId) }),
    chatId: t.exposeID('chatId'),
    title: t.string({ resolve: ({ chat }) => chat.title }),
    name: t.string({ resolve: ({ chat }) => name(chat) }),
    status: t.field({ type: ChatStatus, resolve: ({ chat }) => chatStatus(chat) }),
    unreadCount: t.int({ resolve: ({ chat }) => chat.unreadCount }),
    lastMessageAt: t.field({ type: 'DateTime', resolve: ({ chat }) => lastMessageAt(chat) }),
    channelInfo: t.field({ type: ChannelInfo, resolve: ({ chat }) => channelInfo(chat) }),
    agent: t.field({ type: Agent, resolve: ({ chat }) => agent(chat) }),
    labelIds: t.idList({ resolve: ({ chat }) => chat.labels }),
    lastMessage: t.field({
      type: MessagePreview,
      resolve: async ({ chatId }) => lastMessage(await read(chatPath(chatId))),
    }),
    messages: t.field({
      type: MessageConnection,
      args: { last: t.arg.int() },
      resolve: async ({ chatId }, { last }) => {
        const { shown, hasPreviousPage } = newest(await read(messagesPath(chatId, last)), last);
        const edges = shown.map((message) => ({ cursor: messageCursor(message), node: { chatId, message } }));
        return { edges, pageInfo: { hasPreviousPage, startCursor: edges[0]?.cursor ?? null } };
      },
    }),
  }),
});
const ChatConnection = builder.objectRef('ChatConnection').implement({
  fields: (t) => ({
    nodes: t.expose('nodes', { type: [Chat] }),
    pageInfo: t.expose('pageInfo', { type: PageInfo }),
    totalCount: t.exposeInt('totalCount'),
  }),
});
const ChatFilter = builder.inputType('ChatFilter', { fields: (t) => ({ search: t.string() }) });

builder.queryType({
  fields: (t) => ({
    chat: t.field({
      type: Chat,
      args: { chatId: t.arg.id({ required: true }) },
      resolve: async (_root, { chatId }) => ({ chatId, chat: await read(chatPath(chatId)) }),
    }),
    chats: t.field({
      type: ChatConnection,
      args: { first: t.arg.int(), filter: t.arg({ type: ChatFilter }) },
      resolve: async (_root, { first, filter }) => {
        const page = chatPage(await read(searchPath(filter.search, first)));
        return { ...page, nodes: page.nodes.map((chat) => ({ chatId: chat._id, chat })) };
      },
    }),
  }),
});

listen(createYoga({ schema: builder.toSchema() }));
