import { builder } from '../builder.ts';
import { ChannelNameRef, ChatStatusRef } from './enums.ts';

export const ChannelRefInputRef = builder.inputType('ChannelRefInput', {
  description: 'Names one chat by its channel instead of its id.',
  fields: (t) => ({
    name: t.field({ type: ChannelNameRef, required: true, description: 'The messaging channel.' }),
    accountId: t.id({
      required: true,
      description: "Your side: on WHATSAPP your business number's digits without `+`.",
    }),
    contactId: t.id({
      required: true,
      description: "The contact's side: on WHATSAPP and SMS their number's digits; a leading `+` is ignored.",
    }),
  }),
});

const ChannelAccountInputRef = builder.inputType('ChannelAccountInput', {
  description: 'One of your accounts on a channel. Texter filters by both members or by neither.',
  fields: (t) => ({
    name: t.field({
      type: ChannelNameRef,
      required: true,
      description: 'The messaging channel. SMS is refused: Texter has no such filter.',
    }),
    accountId: t.id({ required: true, description: 'Which of your accounts on that channel.' }),
  }),
});

export const ChatFilterRef = builder.inputType('ChatFilter', {
  description: 'Narrows `chats`; a chat must meet every member that is given.',
  fields: (t) => ({
    search: t.string({
      description: "Part of the contact's phone number or name, in any case; at least 2 characters.",
    }),
    channel: t.field({ type: ChannelAccountInputRef, description: 'Only chats on this account.' }),
    labelIds: t.idList({
      description: 'Chats with any of these labels. Repeats are dropped; at most 100 may remain.',
    }),
    statuses: t.field({ type: [ChatStatusRef], description: 'Chats in any of these statuses; at most 5.' }),
    includeEmpty: t.boolean({
      defaultValue: false,
      description: 'Whether chats without a message are listed too; Texter leaves them out by default.',
    }),
  }),
});
