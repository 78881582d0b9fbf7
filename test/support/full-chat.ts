import type { ChatEntry } from '../../src/sandbox/data/store.ts';
import type { ChannelInfo, Chat } from '../../src/sandbox/rest/chat.ts';
import type { Message } from '../../src/sandbox/rest/message.ts';
import { aChat } from './sandbox.ts';

const SESSION = 'ab'.repeat(32);
const EARLIER_SESSION = 'cd'.repeat(32);
const AGENT = '5a0fd7c5-8a53-4d46-9e39-6fd2b3a1f001';
const EPOCH_S = 1_772_000_000;
const EPOCH_MS = 1_772_000_000_123;

const EVERY_FIELD: Partial<Chat> = {
  title: 'Dana L',
  displayName: 'דנה לוי',
  personId: 'person-1',
  personChats: [
    { name: 'whatsapp', id: '972505550101', accountId: '15550199999' },
    { name: 'email', id: 'dana@example.com', accountId: 'desk@example.com' },
  ],
  image: '65f000000000000000000001',
  labels: ['VIP', 'hot_lead'],
  channelInfo: { name: 'whatsapp', id: '972505550101', accountId: '15550199999', metadata: { tier: 2 } },
  status: 2,
  agent: { uid: AGENT, displayName: 'Noa' },
  departmentId: 'customer_service',
  unreadCount: 3,
  hasMessageError: true,
  blockedChat: { blocked: false, agent: AGENT },
  externalBot: true,
  language: 'he',
  created: '2025-01-02T03:04:05.678Z',
  updatedAt: '2026-02-03T04:05:06.789Z',
  pendingUpdateTime: EPOCH_S,
  resolvedUpdateTime: EPOCH_S + 1,
  pendingMessageTime: EPOCH_S + 2,
  lastIncomingMessageTimestamp: EPOCH_MS + 1,
  lastMessageStoredInCRMTimestamp: EPOCH_MS + 2,
  botState: {
    id: SESSION,
    flowVersion: { identifier: 'welcome', version: 7 },
    node: 'ask_name',
    userState: { ask_name: { answer: 'דנה' } },
    store: { tries: 1 },
    latestAgentUid: AGENT,
    latestAgentName: 'Noa',
    mood: 'calm',
  },
  previousBotSession: { id: EARLIER_SESSION, node: 'goodbye' },
  replyAction: {
    created: EPOCH_S,
    expirationTime: 3600,
    chatStatus: 3,
    setBotNode: 'thanks',
    bot: 'survey',
    replyText: 'Thank you!',
    responsibleAgent: 'noa@example.com',
    responsibleDepartment: 'sales',
    replyToTemplateFile: { url: 'https://files.example.com/a.pdf', name: 'a.pdf' },
  },
  unsubscribed: { date: '2026-01-01T00:00:00.000Z', bulkSendId: 'bulk-1' },
  sendingBulkAgent: AGENT,
  latestBulkSendId: 'bulk-2',
  crmData: { tier: 'gold', open: { tickets: [1, 2] } },
  crmDeepLink: 'https://crm.example.com/1',
  crmLastTicketId: 4711,
};

/** A chat on which every documented field has a value, and a second one apart from the first. */
export function fullChat(chatId: string, messages: readonly Message[]): ChatEntry {
  return aChat(chatId, EVERY_FIELD, messages);
}

/** Every field of Chat but `messages`, down to the leaves. */
export const everyChatField = `
  id chatId channelInfo { name rawName accountId contactId metadata } title displayName name personId
  personChats { name } avatarFileId labelIds status agent { uid displayName } departmentId unreadCount
  hasMessageError isBlocked blockedByAgentUid externalBot language createdAt updatedAt pendingAt resolvedAt
  pendingReminderAt lastMessageAt lastIncomingMessageAt lastMessageStoredInCrmAt
  lastMessage { type text media { fileId } }
  botState { sessionId flowVersion { identifier version } node userState store latestAgent { uid displayName } extra }
  previousBotSession { sessionId node flowVersion { version } userState store latestAgent { uid } extra }
  replyAction { createdAt expiresAt chatStatus bot botNode replyText responsibleAgent responsibleDepartmentId
    file { url name } }
  unsubscribed { at bulkSendId } sendingBulkAgentUid latestBulkSendId crmData crmDeepLink crmLastTicketId`;

/** What `everyChatField` selects from `fullChat`, worked out by hand; no read of Texter's shows personChats. */
export function fullChatAnswer(chatId: string) {
  return {
    id: Buffer.from(`Chat:${chatId}`).toString('base64url'),
    chatId,
    channelInfo: {
      name: 'WHATSAPP',
      rawName: 'whatsapp',
      accountId: '15550199999',
      contactId: '972505550101',
      metadata: { tier: 2 },
    },
    title: 'Dana L',
    displayName: 'דנה לוי',
    name: 'דנה לוי',
    personId: 'person-1',
    personChats: null as unknown,
    avatarFileId: '65f000000000000000000001',
    labelIds: ['VIP', 'hot_lead'],
    status: 'ASSIGNED',
    agent: { uid: AGENT, displayName: 'Noa' },
    departmentId: 'customer_service',
    unreadCount: 3,
    hasMessageError: true,
    isBlocked: false,
    blockedByAgentUid: AGENT,
    externalBot: true,
    language: 'he',
    createdAt: '2025-01-02T03:04:05.678Z',
    updatedAt: '2026-02-03T04:05:06.789Z',
    pendingAt: '2026-02-25T06:13:20.000Z',
    resolvedAt: '2026-02-25T06:13:21.000Z',
    pendingReminderAt: '2026-02-25T06:13:22.000Z',
    lastMessageAt: '2026-03-01T12:00:00.000Z',
    lastIncomingMessageAt: '2026-02-25T06:13:20.124Z',
    lastMessageStoredInCrmAt: '2026-02-25T06:13:20.125Z',
    lastMessage: { type: 'text', text: 'שלום', media: [] },
    botState: {
      sessionId: SESSION,
      flowVersion: { identifier: 'welcome', version: 7 },
      node: 'ask_name',
      userState: { ask_name: { answer: 'דנה' } },
      store: { tries: 1 },
      latestAgent: { uid: AGENT, displayName: 'Noa' },
      extra: { mood: 'calm' },
    },
    previousBotSession: {
      sessionId: EARLIER_SESSION,
      node: 'goodbye',
      flowVersion: null,
      userState: null,
      store: null,
      latestAgent: null,
      extra: null,
    },
    replyAction: {
      createdAt: '2026-02-25T06:13:20.000Z',
      expiresAt: '2026-02-25T07:13:20.000Z',
      chatStatus: 'RESOLVED',
      bot: 'survey',
      botNode: 'thanks',
      replyText: 'Thank you!',
      responsibleAgent: 'noa@example.com',
      responsibleDepartmentId: 'sales',
      file: { url: 'https://files.example.com/a.pdf', name: 'a.pdf' },
    },
    unsubscribed: { at: '2026-01-01T00:00:00.000Z', bulkSendId: 'bulk-1' },
    sendingBulkAgentUid: AGENT,
    latestBulkSendId: 'bulk-2',
    crmData: { tier: 'gold', open: { tickets: [1, 2] } },
    crmDeepLink: 'https://crm.example.com/1',
    crmLastTicketId: '4711',
  };
}

/** A channel reference on each channel, as the schema names it and as REST does. */
export const SEARCHED_CHANNELS: readonly (readonly [string, ChannelInfo])[] = [
  ['WHATSAPP', { name: 'whatsapp', id: '972505550177', accountId: '15550199999' }],
  ['SMS', { name: 'sms', id: '972505550177', accountId: '15550199999' }],
  ['MESSENGER', { name: 'messenger', id: '8001', accountId: 'page-1' }],
  ['INSTAGRAM', { name: 'instagram', id: '9001', accountId: 'ig-1' }],
  ['WEBSITE_CHAT', { name: 'website_chat', id: 'visitor-1', accountId: 'site-1' }],
  ['EMAIL', { name: 'email', id: 'a@example.com', accountId: 'desk@example.com' }],
];
