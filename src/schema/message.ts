import { readChannelInfo } from '../model/channel-info.ts';
import { MESSAGE_DIRECTION, MESSAGE_STATUS, readEnum } from '../model/enums.ts';
import { encodeGlobalId } from '../model/global-id.ts';
import { messageNodeId } from '../model/ids.ts';
import {
  isSystemMessage,
  messageDirection,
  messageSender,
  messageStatus,
  providerMessageId,
} from '../model/message.ts';
import { messageContent } from '../model/message-content.ts';
import { fromIso } from '../model/time.ts';
import { ChannelInfoRef } from './channel-info.ts';
import { MessageDirectionRef, MessageStatusRef } from './enums.ts';
import { MessageContentRef } from './message-content.ts';
import { MessageSenderRef } from './message-sender.ts';
import { MessageStatusChangeRef } from './message-status-change.ts';
import { ChatRef, MessageRef, NodeRef } from './refs.ts';

MessageRef.implement({
  description:
    'One entry of a thread: something that was said, or (`isSystem`) something that happened to the chat.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'Opaque and global. It carries what is needed to read the message again, so that `node(id:)` costs one REST call.',
      resolve: ({ chatId, wire }) =>
        encodeGlobalId('Message', messageNodeId({ chatId, timestamp: wire.timestamp, messageId: wire._id })),
    }),
    messageId: t.id({
      nullable: false,
      description:
        "Texter's own id of the message (`_id`), as webhooks carry it. Texter reads no message by it: to read one again keep `id`.",
      resolve: ({ wire }) => wire._id,
    }),
    chat: t.field({
      type: ChatRef,
      description:
        'The thread that the message is part of. Most of its fields cost a REST call, once per chat.',
      resolve: (message, _args, { loaders }) => loaders.chats.ofMessage(message),
    }),
    channelInfo: t.field({
      type: ChannelInfoRef,
      description:
        'The channel, account and contact that the message went through. Null where Texter leaves out a part of it.',
      resolve: ({ wire }) => readChannelInfo(wire.chatChannelInfo),
    }),
    providerMessageId: t.id({
      description:
        "The channel's own id of the message, such as WhatsApp's `wamid...`; Texter's status webhooks name messages by it. Null on system messages.",
      resolve: ({ wire }) => providerMessageId(wire),
    }),
    isSystem: t.boolean({
      nullable: false,
      description:
        'True for a record of what happened to the chat: it has neither direction nor status, and its content is MessageSystemContent.',
      resolve: ({ wire }) => isSystemMessage(wire),
    }),
    direction: t.field({
      type: MessageDirectionRef,
      description: 'Null on system messages, and for a direction that this schema does not know yet.',
      resolve: ({ wire }, _args, { onUnknownEnumValue }) =>
        readEnum(MESSAGE_DIRECTION, messageDirection(wire), onUnknownEnumValue),
    }),
    sender: t.field({
      type: MessageSenderRef,
      nullable: false,
      description: 'Who wrote it, worked out from its direction and from the `agent` that Texter names.',
      resolve: ({ wire }) => messageSender(wire),
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: false,
      description:
        'What orders a thread. WhatsApp counts whole seconds, so several messages may well share one instant.',
      resolve: ({ wire }) => new Date(wire.timestamp),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When its delivery last advanced; null where Texter does not say.',
      resolve: ({ wire }) => fromIso(wire.updatedAt),
    }),
    status: t.field({
      type: MessageStatusRef,
      description:
        'How far its delivery has got; incoming messages have one too. Null on system messages, and for a status that this schema does not know yet.',
      resolve: ({ wire }, _args, { onUnknownEnumValue }) =>
        readEnum(MESSAGE_STATUS, messageStatus(wire), onUnknownEnumValue),
    }),
    statusHistory: t.field({
      type: [MessageStatusChangeRef],
      nullable: { list: false, items: false },
      description:
        'The steps of its delivery, in the order in which Texter noted them; empty where it noted none.',
      resolve: ({ wire }) => wire.statusHistory ?? [],
    }),
    botSessionId: t.id({
      description:
        "The bot's session that the message belongs to (`BotState.sessionId`); null outside of one, and it may be null while an external bot answers.",
      resolve: ({ wire }) => wire.botSessionId,
    }),
    text: t.string({
      description:
        'The words of the message if it has any, whatever its content: enough for a list of messages. The caption of a file is on the file.',
      resolve: ({ wire }) => wire.text,
    }),
    content: t.field({
      type: MessageContentRef,
      nullable: false,
      description:
        'What the message says, a type for each kind. A kind that is new in Texter is MessageUnknownContent.',
      resolve: ({ wire }) => messageContent(wire),
    }),
    reactions: t.field({
      type: 'JSON',
      description: 'What people put on the message, such as emoji. Texter does not document the shape.',
      resolve: ({ wire }) => wire.reactions,
    }),
    metadata: t.field({
      type: 'JSON',
      description:
        "Texter's remarks, such as `triggeredBot` on incoming messages and `botMsgInfo` on those of the bot; null where there are none.",
      resolve: ({ wire }) => wire.metadata,
    }),
  }),
});
