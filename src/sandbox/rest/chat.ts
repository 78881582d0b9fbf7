import type { MediaItem } from './message.ts';

/**
 * The whole Chat object as Texter keeps it; the endpoints show parts of it (views.ts).
 * Source of fields and units: documentation page "The Chat object". Names in `...Timestamp` are epoch ms,
 * `...UpdateTime` and `...MessageTime` epoch seconds; `created`, `updatedAt` and `unsubscribed.date` ISO 8601.
 */
export interface Chat {
  readonly _id: string;
  readonly title?: string;
  readonly displayName?: string;
  readonly personId?: string;
  readonly personChats?: readonly ChannelInfo[];
  /** A file id. */
  readonly image?: string;
  readonly labels?: readonly string[];
  readonly channelInfo?: ChannelInfo;
  readonly status?: number;
  /** Nobody assigned is `{ uid: null, displayName: "" }`, not null. */
  readonly agent?: { readonly uid: string | null; readonly displayName: string | null };
  readonly departmentId?: string | null;
  readonly unreadCount?: number;
  readonly hasMessageError?: boolean;
  readonly blockedChat?: { readonly blocked: boolean; readonly agent?: string };
  readonly externalBot?: boolean;
  readonly language?: string;
  readonly created?: string;
  readonly updatedAt?: string;
  readonly pendingUpdateTime?: number;
  readonly resolvedUpdateTime?: number;
  readonly pendingMessageTime?: number | null;
  readonly last_message_timestamp?: number;
  readonly lastIncomingMessageTimestamp?: number;
  readonly lastMessageStoredInCRMTimestamp?: number;
  readonly lastMessage?: LastMessage;
  readonly botState?: BotState | null;
  readonly previousBotSession?: BotState | null;
  readonly replyAction?: ReplyAction | null;
  readonly unsubscribed?: { readonly date: string; readonly bulkSendId?: string };
  readonly sendingBulkAgent?: string;
  readonly latestBulkSendId?: string;
  readonly crmData?: Readonly<Record<string, unknown>>;
  readonly crmDeepLink?: string;
  readonly crmLastTicketId?: string | number;
  // Deprecated; very old chats have these alone.
  readonly channel?: string;
  readonly clientPhone?: string;
  readonly clientPhoneE164?: string;
  readonly entityPhone?: string;
  readonly lastText?: string;
  readonly unsubscribeTime?: number;
  readonly blockTemplates?: boolean;
  readonly firestoreId?: string;
  /** What a later version of Texter may add. */
  readonly [field: string]: unknown;
}

export interface ChannelInfo {
  readonly name: string;
  readonly id: string;
  readonly accountId: string;
  readonly metadata?: unknown;
}

export interface LastMessage {
  readonly type?: string;
  readonly text?: string;
  readonly media?: readonly MediaItem[];
}

/** May be `{}` or hold an id alone; bots add keys of their own. */
export interface BotState {
  readonly id?: string | null;
  readonly flowVersion?: { readonly identifier: string; readonly version: number };
  readonly node?: string;
  readonly userState?: Readonly<Record<string, unknown>>;
  readonly store?: Readonly<Record<string, unknown>>;
  readonly latestAgentUid?: string | null;
  readonly latestAgentName?: string | null;
  readonly [extra: string]: unknown;
}

export interface ReplyAction {
  /** Epoch seconds. */
  readonly created?: number;
  /** Seconds after `created`. */
  readonly expirationTime?: number;
  readonly chatStatus?: number;
  /** Deprecated twin of `chatStatus`. */
  readonly status?: number;
  readonly bot?: string;
  readonly setBotNode?: string;
  readonly replyText?: string;
  readonly responsibleAgent?: string;
  readonly responsibleDepartment?: string;
  readonly replyToTemplateFile?: { readonly url: string; readonly name: string };
  readonly resolveTime?: number;
}
