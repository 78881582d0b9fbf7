import { builder } from '../builder.ts';
import { ChatConnectionRef } from './chat-connection.ts';
import { ChannelRefInputRef, ChatFilterRef } from './chat-filter.ts';
import { selectedBy } from './look-ahead.ts';
import { readTogether } from './read-together.ts';
import { ChatRef } from './refs.ts';

builder.queryType({ description: 'Reads over the conversations of one Texter project.' });

builder.queryFields((t) => ({
  chat: t.field({
    type: ChatRef,
    description:
      'One chat by the id that Texter uses. Null when there is none. One REST call, sent together with those of the selected fields that need no more than the id.',
    args: {
      chatId: t.arg.id({ required: true, description: "Texter's `_id` of the chat; not the global `id`." }),
    },
    resolve: (_root, { chatId }, context, info) => {
      const chat = context.loaders.chats.byId(chatId);
      const there = context.loaders.chats.ifThere(chat);
      selectedBy(info, context).ahead('Chat', chat);
      return there;
    },
  }),
  chatByChannel: t.field({
    type: ChatRef,
    description:
      'The chat with a contact on one of your accounts. Null when there is none; RECORD_UNAVAILABLE on channels whose contact ids Texter may not search (all but WHATSAPP and SMS) when nothing came back. One REST call, at most three.',
    args: {
      channel: t.arg({
        type: ChannelRefInputRef,
        required: true,
        description: 'Channel, account and contact, as `Chat.channelInfo` gives them.',
      }),
    },
    resolve: (_root, { channel }, { loaders }) => loaders.chats.byChannel(channel),
  }),
  chats: t.field({
    type: ChatConnectionRef,
    description:
      'Chats by newest activity first; a page of 30 when no paging argument is given. One REST call a page, whatever fields of the full record are selected. A walk by `first` and `after` meets every chat that did not change meanwhile exactly once.',
    args: {
      filter: t.arg({ type: ChatFilterRef, description: 'Which chats; all with a message when absent.' }),
      ...t.arg.connectionArgs(),
    },
    resolve: async (_root, { filter, ...args }, context, info) => {
      const page = await context.loaders.chats.page(filter ?? {}, args);
      const reads = readTogether(page, info, context);
      if (reads !== undefined) await reads;
      return page;
    },
  }),
}));
