import type { WireAgent, WireBotState, WireChat, WireReplyAction } from '../texter/wire.ts';
import { type ChannelInfo, channelInfoOf, readChannelInfo } from './channel-info.ts';
import { type ChatView, EVERY_VIEW, FULL_VIEWS, LAST_MESSAGE_VIEWS } from './chat-views.ts';
import { fromEpochMs, fromEpochSeconds, fromIso } from './time.ts';

/** How one field of Chat is read: which views carry it, and how it looks in them. */
export interface ChatField<T> {
  /** The views that carry the field; in any other, its absence says nothing. */
  readonly views: readonly ChatView[];
  readonly read: (chat: WireChat) => T | null;
  /** The deprecated source, tried in every view at hand when the field's own views have nothing. Never costs a call. */
  readonly fallback?: (chat: WireChat) => T | null;
}

export interface Agent {
  readonly uid: string;
  readonly displayName: string | null;
}

export interface MessagePreview {
  readonly type: string | null;
  readonly text: string | null;
  readonly media: NonNullable<NonNullable<WireChat['lastMessage']>['media']>;
}

export interface ChatUnsubscription {
  readonly at: Date | null;
  readonly bulkSendId: string | null;
}

/** A bot state with an id: the only kind that clients see. */
export type IdentifiedBotState = WireBotState & { readonly id: string };

function inEveryView<T>(read: ChatField<T>['read'], fallback?: ChatField<T>['read']): ChatField<T> {
  return fallback ? { views: EVERY_VIEW, read, fallback } : { views: EVERY_VIEW, read };
}

function inFullViews<T>(read: ChatField<T>['read']): ChatField<T> {
  return { views: FULL_VIEWS, read };
}

/** Every field of Chat that a view answers, with the views that do: the one place that knows. */
export const CHAT_FIELDS = {
  channelInfo: inEveryView<ChannelInfo>(channelInfoOf, channelInfoOf),
  title: inEveryView((chat) => chat.title ?? null),
  // Clearing the name leaves an empty text.
  displayName: inFullViews((chat) => chat.displayName || null),
  name: inFullViews((chat) => chat.displayName || chat.title || null),
  personId: inFullViews((chat) => chat.personId || null),
  personChats: inEveryView(personChats),
  avatarFileId: inFullViews((chat) => chat.image || null),
  labelIds: inFullViews((chat) => chat.labels ?? null),
  status: inEveryView((chat) => chat.status ?? null),
  agent: inEveryView((chat) => agentOf(chat.agent)),
  departmentId: inEveryView((chat) => chat.departmentId || null),
  unreadCount: inEveryView((chat) => chat.unreadCount ?? null),
  hasMessageError: inFullViews((chat) => chat.hasMessageError ?? null),
  isBlocked: inEveryView((chat) => chat.blockedChat?.blocked ?? null),
  blockedByAgentUid: inEveryView((chat) => chat.blockedChat?.agent || null),
  externalBot: inEveryView((chat) => chat.externalBot ?? null),
  language: inEveryView((chat) => chat.language ?? null),
  createdAt: inEveryView((chat) => fromIso(chat.created)),
  updatedAt: inEveryView((chat) => fromIso(chat.updatedAt)),
  pendingAt: inFullViews((chat) => fromEpochSeconds(chat.pendingUpdateTime)),
  resolvedAt: inFullViews((chat) => fromEpochSeconds(chat.resolvedUpdateTime)),
  pendingReminderAt: inFullViews((chat) => fromEpochSeconds(chat.pendingMessageTime)),
  // The public view spells it in camel case, the record in snake case.
  lastMessageAt: inEveryView((chat) => fromEpochMs(chat.last_message_timestamp ?? chat.lastMessageTimestamp)),
  lastIncomingMessageAt: inEveryView((chat) => fromEpochMs(chat.lastIncomingMessageTimestamp)),
  lastMessageStoredInCrmAt: inFullViews((chat) => fromEpochMs(chat.lastMessageStoredInCRMTimestamp)),
  lastMessage: { views: LAST_MESSAGE_VIEWS, read: lastMessageOf, fallback: lastTextOf },
  // The public view has the session's id and nothing else of the bot's state.
  botSessionId: inEveryView((chat) => chat.botState?.id || null),
  botState: inFullViews((chat) => identified(chat.botState)),
  previousBotSession: inFullViews((chat) => identified(chat.previousBotSession)),
  replyAction: inFullViews<WireReplyAction>((chat) => chat.replyAction ?? null),
  unsubscribed: inEveryView(unsubscribedOf, unsubscribedOf),
  sendingBulkAgentUid: inFullViews((chat) => chat.sendingBulkAgent || null),
  latestBulkSendId: inFullViews((chat) => chat.latestBulkSendId || null),
  crmData: inFullViews((chat) => chat.crmData ?? null),
  crmDeepLink: inFullViews((chat) => chat.crmDeepLink ?? null),
  crmLastTicketId: inFullViews((chat) => String(chat.crmLastTicketId ?? '') || null),
} as const;

/** Null when nobody is assigned: REST says so by null, by `uid: null`, or by an empty uid. */
export function agentOf(agent: WireAgent | null | undefined): Agent | null {
  return agent?.uid ? { uid: agent.uid, displayName: agent.displayName || null } : null;
}

function identified(state: WireBotState | null | undefined): IdentifiedBotState | null {
  return state?.id ? { ...state, id: state.id } : null;
}

function personChats(chat: WireChat): readonly ChannelInfo[] | null {
  return chat.personChats?.map(readChannelInfo).filter((info) => info !== null) ?? null;
}

function lastMessageOf(chat: WireChat): MessagePreview | null {
  const { lastMessage } = chat;
  if (lastMessage == null) return lastTextOf(chat);
  return {
    type: lastMessage.type ?? null,
    text: lastMessage.text ?? null,
    media: lastMessage.media ?? [],
  };
}

function lastTextOf(chat: WireChat): MessagePreview | null {
  return chat.lastText ? { type: null, text: chat.lastText, media: [] } : null;
}

function unsubscribedOf(chat: WireChat): ChatUnsubscription | null {
  const { unsubscribed } = chat;
  // `0` is how this old field says "never".
  const deprecatedAt = fromEpochSeconds(chat.unsubscribeTime || null);
  if (unsubscribed != null) {
    return { at: fromIso(unsubscribed.date) ?? deprecatedAt, bulkSendId: unsubscribed.bulkSendId || null };
  }
  return deprecatedAt === null && chat.blockTemplates !== true
    ? null
    : { at: deprecatedAt, bulkSendId: null };
}
