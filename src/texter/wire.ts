import { z } from 'zod';

// The REST answers as they come, checked at the border. Unknown keys pass and are kept (a message type of
// tomorrow is shown raw), missing keys pass, null passes where a key is optional; a wrong type does not.
// Sources: documentation pages "The Chat object", "Get Chat by Chat ID", "Search Chats", "Get Messages of a
// Chat", "Update CRM Data", "Message"; what they leave open is typed `unknown` and handled by the model.

// The years 1 to 9999: what RFC 3339 can write.
const MIN_DATE_MS = -62_135_596_800_000;
const MAX_DATE_MS = 253_402_300_799_999;

const text = z.string().nullish();
/** What GraphQL's Int holds. */
const int32 = z.int32().nullish();
const flag = z.boolean().nullish();
const number = z.number().nullish();
// zod 4 refuses an object that lacks a member of type `unknown`, unless it is optional.
const json = z.unknown().optional();
const jsonObject = z.looseObject({}).nullish();
/** Epoch milliseconds: names that end in Timestamp or _timestamp. */
const epochMs = z.number().min(MIN_DATE_MS).max(MAX_DATE_MS);
/** Epoch seconds: names that end in UpdateTime or MessageTime, and replyAction.created. */
const epochSeconds = z
  .number()
  .min(MIN_DATE_MS / 1000)
  .max(MAX_DATE_MS / 1000);
/**
 * A date alone, or a date and time; without an offset it is UTC. Only what Date can read: a day 31 that the month does not
 * have is the first of the next.
 */
const ISO_INSTANT =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?)?$/;
/** ISO 8601 text: created, updatedAt, unsubscribed.date. */
const isoInstant = z.string().regex(ISO_INSTANT, 'expected an ISO 8601 instant');

const channelInfo = z.looseObject({ name: text, id: text, accountId: text, metadata: json });

const agent = z.looseObject({ uid: text, displayName: text });

const botState = z.looseObject({
  id: text,
  flowVersion: z.looseObject({ identifier: text, version: int32 }).nullish(),
  node: text,
  userState: jsonObject,
  store: jsonObject,
  latestAgentUid: text,
  latestAgentName: text,
});

const mediaItem = z.looseObject({
  mediaType: text,
  fileId: text,
  previewId: text,
  filename: text,
  contentType: text,
  caption: text,
  url: text,
  scanned: flag,
  deleted: z.looseObject({ timestamp: epochMs.nullish() }).nullish(),
  metadata: json,
});

const replyAction = z.looseObject({
  created: epochSeconds.nullish(),
  expirationTime: number,
  chatStatus: number,
  status: number,
  bot: text,
  setBotNode: text,
  replyText: text,
  responsibleAgent: text,
  responsibleDepartment: text,
  replyToTemplateFile: z.looseObject({ url: text, name: text }).nullish(),
});

const chat = z.looseObject({
  title: text,
  displayName: text,
  personId: text,
  personChats: z.array(channelInfo).nullish(),
  image: text,
  labels: z.array(z.string()).nullish(),
  channelInfo: channelInfo.nullish(),
  status: number,
  agent: agent.nullish(),
  departmentId: text,
  unreadCount: int32,
  hasMessageError: flag,
  blockedChat: z.looseObject({ blocked: flag, agent: text }).nullish(),
  externalBot: flag,
  language: text,
  created: isoInstant.nullish(),
  updatedAt: isoInstant.nullish(),
  pendingUpdateTime: epochSeconds.nullish(),
  resolvedUpdateTime: epochSeconds.nullish(),
  pendingMessageTime: epochSeconds.nullish(),
  last_message_timestamp: epochMs.nullish(),
  lastMessageTimestamp: epochMs.nullish(),
  lastIncomingMessageTimestamp: epochMs.nullish(),
  lastMessageStoredInCRMTimestamp: epochMs.nullish(),
  lastMessage: z.looseObject({ type: text, text: text, media: z.array(mediaItem).nullish() }).nullish(),
  botState: botState.nullish(),
  previousBotSession: botState.nullish(),
  replyAction: replyAction.nullish(),
  unsubscribed: z.looseObject({ date: isoInstant.nullish(), bulkSendId: text }).nullish(),
  sendingBulkAgent: text,
  latestBulkSendId: text,
  crmData: jsonObject,
  crmDeepLink: text,
  crmLastTicketId: z.union([z.string(), z.number()]).nullish(),
  // Deprecated; the fallback sources of the fields that replaced them.
  channel: text,
  clientPhone: text,
  clientPhoneE164: text,
  entityPhone: text,
  lastText: text,
  unsubscribeTime: epochSeconds.nullish(),
  blockTemplates: flag,
});

const message = z.looseObject({
  _id: z.string().min(1),
  timestamp: epochMs.int(),
  updatedAt: isoInstant.nullish(),
  chatChannelInfo: channelInfo.nullish(),
  channelInfo: z.looseObject({ id: text }).nullish(),
  systemMessage: flag,
  newChatStatus: number,
  direction: text,
  type: text,
  status: number,
  statusHistory: z.array(z.looseObject({ status: number, timestamp: epochMs.nullish() })).nullish(),
  agent: text,
  botSessionId: text,
  metadata: json,
  reactions: json,
  text: text,
  media: z.array(mediaItem).nullish(),
  buttons: z.array(z.looseObject({ title: text, payload: text })).nullish(),
  list: z
    .looseObject({
      button: text,
      sections: z
        .array(
          z.looseObject({
            title: text,
            rows: z.array(z.looseObject({ title: text, payload: text, description: text })).nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
  postback: z.looseObject({ payload: text, title: text, description: text }).nullish(),
  contacts: z.array(json).nullish(),
  location: json,
  special: json,
});

/** Get Chat by ID: a trimmed chat without `_id`. */
export const publicChat = chat;
/** A record of Search Chats: the whole chat but lastMessage and personChats. */
export const chatRecord = chat.extend({ _id: z.string().min(1) });
/** The answer of Update CRM Data: the whole chat. */
export const writtenChat = chat;

export const chatPage = z.looseObject({ data: z.array(chatRecord), total: z.int32().min(0) });

/** `minTime` and `maxTime` describe the whole chat; Texter writes `false` when it has no messages. */
export const messagePage = z.looseObject({
  messages: z.array(message),
  minTime: z.union([epochMs, z.literal(false)]).nullish(),
  maxTime: z.union([epochMs, z.literal(false)]).nullish(),
});

export type WireChat = z.infer<typeof chat>;
export type PublicChat = z.infer<typeof publicChat>;
export type ChatRecord = z.infer<typeof chatRecord>;
export type WrittenChat = z.infer<typeof writtenChat>;
export type ChatPage = z.infer<typeof chatPage>;
export type WireMessage = z.infer<typeof message>;
export type MessagePage = z.infer<typeof messagePage>;
export type WireChannelInfo = z.infer<typeof channelInfo>;
export type WireAgent = z.infer<typeof agent>;
export type WireBotState = z.infer<typeof botState>;
export type WireMediaItem = z.infer<typeof mediaItem>;
export type WireReplyAction = z.infer<typeof replyAction>;
