import { builder } from '../builder.ts';
import { CHAT_STATUS, readEnum } from '../model/enums.ts';
import { replyActionExpiry, replyActionStatus } from '../model/reply-action.ts';
import { fromEpochSeconds } from '../model/time.ts';
import type { WireReplyAction } from '../texter/wire.ts';
import { ChatStatusRef } from './enums.ts';

const ChatReplyFileRef = builder
  .objectRef<NonNullable<WireReplyAction['replyToTemplateFile']>>('ChatReplyFile')
  .implement({
    description: 'A file that is sent when the contact answers the template.',
    fields: (t) => ({
      url: t.string({ description: 'Where the file is fetched from.', resolve: (file) => file.url }),
      name: t.string({ description: 'File name that the contact sees.', resolve: (file) => file.name }),
    }),
  });

export const ChatReplyActionRef = builder.objectRef<WireReplyAction>('ChatReplyAction').implement({
  description: "What Texter does when the contact's answer to a template message arrives before it expires.",
  fields: (t) => ({
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the action was armed: the sending of the template.',
      resolve: (action) => fromEpochSeconds(action.created),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description:
        "When an answer no longer triggers it (REST's created plus expirationTime); null if it never expires.",
      resolve: replyActionExpiry,
    }),
    chatStatus: t.field({
      type: ChatStatusRef,
      description: 'Status that the chat is put into; null for a status that this schema does not know yet.',
      resolve: (action, _args, { onUnknownEnumValue }) =>
        readEnum(CHAT_STATUS, replyActionStatus(action), onUnknownEnumValue),
    }),
    bot: t.string({ description: 'Bot that takes the chat over, by name.', resolve: (action) => action.bot }),
    botNode: t.string({
      description: 'Node at which that bot starts (`setBotNode`).',
      resolve: (action) => action.setBotNode,
    }),
    replyText: t.string({
      description: 'Text that is sent back at once.',
      resolve: (action) => action.replyText,
    }),
    responsibleAgent: t.string({
      description:
        'Agent to whom the chat goes. Texter does not say by which identifier; on templates it is an e-mail address.',
      resolve: (action) => action.responsibleAgent,
    }),
    responsibleDepartmentId: t.id({
      description: 'Department to which the chat goes, by its slug.',
      resolve: (action) => action.responsibleDepartment,
    }),
    file: t.field({
      type: ChatReplyFileRef,
      description: 'File that is sent back; null for none.',
      resolve: (action) => action.replyToTemplateFile,
    }),
  }),
});
