import { currentBotState, previousBotState } from '../loaders/bot-state-handle.ts';
import type { ChatHandle } from '../loaders/chat-handle.ts';
import type { MessagePageKey } from '../loaders/messages.ts';
import { CHAT_FIELDS, type ChatField } from '../model/chat-fields.ts';
import { CHAT_STATUS, readEnum } from '../model/enums.ts';
import { encodeGlobalId } from '../model/global-id.ts';
import { mapMaybe } from '../model/maybe-promise.ts';
import { AgentRef } from './agent.ts';
import { BotStateRef } from './bot-state.ts';
import { ChannelInfoRef } from './channel-info.ts';
import { ChatReplyActionRef } from './chat-reply-action.ts';
import { ChatUnsubscriptionRef } from './chat-unsubscription.ts';
import { ChatStatusRef } from './enums.ts';
import { prefetches } from './look-ahead.ts';
import { MessageConnectionRef } from './message-connection.ts';
import { MessagePreviewRef } from './message-preview.ts';
import { ChatRef, NodeRef } from './refs.ts';

/** A field that a view of the chat answers: its resolver, and the same read for look-ahead. */
function read<T>(field: ChatField<T>) {
  return {
    resolve: (chat: ChatHandle) => chat.get(field),
    extensions: { ...prefetches<ChatHandle>((chat) => chat.prefetch(field)), views: field.views },
  };
}

function pageOf(
  { chatId, knownAfter }: ChatHandle,
  { botSessionId, ...args }: MessagePageKey['args'] & { botSessionId?: string | null | undefined },
): MessagePageKey {
  const session = botSessionId == null ? null : { id: botSessionId, fromCaller: true };
  return { chatId, knownAfter, session, args };
}

ChatRef.implement({
  description:
    'A conversation with one contact on one channel account. Texter has no read that returns a whole chat, so some fields cost a REST call beyond the one that found it; a failed one nulls that field only.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description:
        'Opaque and unique over all types. Stable: the same object has the same id in every answer.',
      resolve: ({ chatId }) => encodeGlobalId('Chat', chatId),
    }),
    chatId: t.exposeID('chatId', {
      nullable: false,
      description: "Texter's own id of the chat (`_id`), as its REST API, webhooks and product links use it.",
    }),
    channelInfo: t.field({
      type: ChannelInfoRef,
      description: 'Which contact talks to which of your accounts, and over what. It never changes.',
      ...read(CHAT_FIELDS.channelInfo),
    }),
    title: t.string({
      description: 'Name that the contact gave themselves on the channel; it may be outdated.',
      ...read(CHAT_FIELDS.title),
    }),
    displayName: t.string({
      description:
        'Name that your business gave the contact; null until somebody does. Part of the full record: up to two REST calls where only the chat id is known.',
      ...read(CHAT_FIELDS.displayName),
    }),
    name: t.string({
      description:
        'What to show as the name of the chat: `displayName`, else `title`. Part of the full record, as `displayName` is.',
      ...read(CHAT_FIELDS.name),
    }),
    personId: t.id({
      description:
        'Ties together the chats of one person on several channels; null when Texter knows of no tie.',
      ...read(CHAT_FIELDS.personId),
    }),
    personChats: t.field({
      type: [ChannelInfoRef],
      nullable: { list: true, items: false },
      description:
        'All chats of the same person, this one included. Null unless Texter sent them, which its reads do not.',
      ...read(CHAT_FIELDS.personChats),
    }),
    avatarFileId: t.id({
      description: "File id of the contact's picture in Texter's file store; not a URL.",
      ...read(CHAT_FIELDS.avatarFileId),
    }),
    labelIds: t.idList({
      nullable: { list: true, items: false },
      description: 'Labels on the chat, by id; names and colours are not part of this API.',
      ...read(CHAT_FIELDS.labelIds),
    }),
    status: t.field({
      type: ChatStatusRef,
      description: 'Who is expected to act next. Null for a status that this schema does not know yet.',
      extensions: read(CHAT_FIELDS.status).extensions,
      resolve: (chat, _args, { onUnknownEnumValue }) =>
        mapMaybe(chat.get(CHAT_FIELDS.status), (status) => readEnum(CHAT_STATUS, status, onUnknownEnumValue)),
    }),
    agent: t.field({
      type: AgentRef,
      description: 'The agent to whom the chat is assigned; null when nobody is.',
      ...read(CHAT_FIELDS.agent),
    }),
    departmentId: t.id({
      description:
        'Slug of the department that the chat is queued in, such as `customer_service`; null for none.',
      ...read(CHAT_FIELDS.departmentId),
    }),
    unreadCount: t.int({
      description: 'Incoming messages that no agent has read.',
      ...read(CHAT_FIELDS.unreadCount),
    }),
    hasMessageError: t.boolean({
      description: 'Whether some outgoing message of the chat failed; null where Texter does not say.',
      ...read(CHAT_FIELDS.hasMessageError),
    }),
    isBlocked: t.boolean({
      description: 'Whether an agent has blocked the contact; null where Texter does not say.',
      ...read(CHAT_FIELDS.isBlocked),
    }),
    blockedByAgentUid: t.id({
      description: 'Uid of the agent who blocked, or last unblocked, the contact.',
      ...read(CHAT_FIELDS.blockedByAgentUid),
    }),
    externalBot: t.boolean({
      description: "Whether a bot outside Texter answers this chat instead of Texter's own.",
      ...read(CHAT_FIELDS.externalBot),
    }),
    language: t.string({
      description: 'Reserved by Texter for later use, and rarely set.',
      ...read(CHAT_FIELDS.language),
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the contact and the account first met in Texter.',
      ...read(CHAT_FIELDS.createdAt),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When anything about the chat last changed, as far as Texter counts it a change.',
      ...read(CHAT_FIELDS.updatedAt),
    }),
    pendingAt: t.field({
      type: 'DateTime',
      description:
        'When the chat last began to wait for an agent (`pendingUpdateTime`); null if it never did.',
      ...read(CHAT_FIELDS.pendingAt),
    }),
    resolvedAt: t.field({
      type: 'DateTime',
      description: 'When the chat was last resolved; it stays after the contact writes again.',
      ...read(CHAT_FIELDS.resolvedAt),
    }),
    pendingReminderAt: t.field({
      type: 'DateTime',
      description:
        'When the bot last told the waiting contact to be patient; cleared when the chat is resolved.',
      ...read(CHAT_FIELDS.pendingReminderAt),
    }),
    lastMessageAt: t.field({
      type: 'DateTime',
      description:
        'Time of the newest message in either direction, which orders `chats`; null without messages.',
      ...read(CHAT_FIELDS.lastMessageAt),
    }),
    lastIncomingMessageAt: t.field({
      type: 'DateTime',
      description:
        "Time of the contact's newest message; WhatsApp takes free text for 24 hours from it. Null if they never wrote.",
      ...read(CHAT_FIELDS.lastIncomingMessageAt),
    }),
    lastMessageStoredInCrmAt: t.field({
      type: 'DateTime',
      description: 'Time of the newest message that was copied to your CRM; null if none was.',
      ...read(CHAT_FIELDS.lastMessageStoredInCrmAt),
    }),
    lastMessage: t.field({
      type: MessagePreviewRef,
      description:
        'Preview of the newest message. Search does not carry it: in a list, one REST call for each chat that changed since it was last read.',
      ...read(CHAT_FIELDS.lastMessage),
    }),
    botState: t.field({
      type: BotStateRef,
      description: "The bot's session in this chat; null while no bot is in it.",
      extensions: read(CHAT_FIELDS.botSessionId).extensions,
      resolve: currentBotState,
    }),
    previousBotSession: t.field({
      type: BotStateRef,
      description: 'The session before `botState`, kept when a session ends by handoff or resolve.',
      extensions: read(CHAT_FIELDS.previousBotSession).extensions,
      resolve: previousBotState,
    }),
    replyAction: t.field({
      type: ChatReplyActionRef,
      description:
        'What is armed to happen when the contact answers a template message; null when nothing is.',
      ...read(CHAT_FIELDS.replyAction),
    }),
    unsubscribed: t.field({
      type: ChatUnsubscriptionRef,
      description: 'Set once the contact opted out of template messages; null while they have not.',
      ...read(CHAT_FIELDS.unsubscribed),
    }),
    sendingBulkAgentUid: t.id({
      description: 'Uid of the agent who last sent this chat a bulk message.',
      ...read(CHAT_FIELDS.sendingBulkAgentUid),
    }),
    latestBulkSendId: t.id({
      description:
        'The bulk send that last reached this chat; its presence does not mean that the status is BULK.',
      ...read(CHAT_FIELDS.latestBulkSendId),
    }),
    crmData: t.field({
      type: 'JSONObject',
      description: 'Free fields that your CRM integration keeps on the chat; written by `updateChatCrmData`.',
      ...read(CHAT_FIELDS.crmData),
    }),
    crmDeepLink: t.string({
      description: "URL of this contact's page in your CRM; null until an integration sets it.",
      ...read(CHAT_FIELDS.crmDeepLink),
    }),
    crmLastTicketId: t.string({
      description:
        'Newest ticket of this contact in your CRM. Texter keeps a number or a text; here always text.',
      ...read(CHAT_FIELDS.crmLastTicketId),
    }),
    messages: t.field({
      type: MessageConnectionRef,
      description:
        'The thread, oldest first; a page of the newest 50 when no paging argument is given. One REST call for `last`, or for `after` while fewer than 50 messages are newer; `first` without `after` takes a few more.',
      args: {
        ...t.arg.connectionArgs(),
        botSessionId: t.arg.id({
          description: 'Only the messages of this bot session (`BotState.sessionId`).',
        }),
      },
      extensions: prefetches<ChatHandle>((chat, args, { loaders }) =>
        loaders.messages.prefetch(pageOf(chat, args)),
      ),
      resolve: (chat, args, { loaders }) => loaders.messages.page(pageOf(chat, args)),
    }),
  }),
});
