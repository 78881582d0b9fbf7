// The REST records that the fake Texter serves, as text. Ids are numbers in hexadecimal, so that every chat there can
// be is known without being kept, and templates take the place of objects: this process must be faster than those
// that are measured.

/** What a filter matches: the deep end of a list of ten thousand is one of the things that are measured. */
export const CHATS = 10_000;
const MESSAGES = 200;

/** Epoch ms of the newest chat; each that follows is a second older. */
const NEWEST = Date.UTC(2026, 2, 1);
const MINUTE = 60_000;

export const chatIdOf = (number: number): string => number.toString(16).padStart(24, '0');
export const numberOf = (chatId: string): number => Number.parseInt(chatId, 16);

const SESSION = 'b06a'.repeat(16);

/** A record of Search Chats. */
export function record(number: number): string {
  const { status, agent, lastMessageAt, updatedAt, contact, title } = chatOf(number);
  return `{"_id":"${chatIdOf(number)}","title":"${title}","displayName":"${title} - VIP","labels":["VIP","returning"],"channelInfo":{"name":"whatsapp","id":"${contact}","accountId":"15550199999"},"status":${status},"agent":${agent},"departmentId":"customer_service","unreadCount":${number % 5},"pendingUpdateTime":1772323200,"resolvedUpdateTime":1772236800,"pendingMessageTime":null,"externalBot":false,"botState":{"id":"${SESSION}","flowVersion":{"identifier":"pardes","version":12},"node":"returns.handoff","userState":{"menu":{"payload":"returns"},"ask":{"text":"PR-40404"}},"store":{"visits":3,"order":"PR-40404"},"latestAgentUid":null,"latestAgentName":null},"replyAction":null,"crmData":{"customer":{"id":"${number}","tier":"gold"},"balance":0},"created":"2025-11-02T09:30:00.000Z","updatedAt":"${updatedAt}","last_message_timestamp":${lastMessageAt},"lastIncomingMessageTimestamp":${lastMessageAt}}`;
}

/** The answer of Get Chat by ID. */
export function publicView(number: number): string {
  const { status, agent, lastMessageAt, updatedAt, contact, title } = chatOf(number);
  return `{"success":true,"title":"${title}","channelInfo":{"name":"whatsapp","id":"${contact}","accountId":"15550199999"},"status":${status},"agent":${agent},"departmentId":"customer_service","unreadCount":${number % 5},"externalBot":false,"created":"2025-11-02T09:30:00.000Z","updatedAt":"${updatedAt}","lastIncomingMessageTimestamp":${lastMessageAt},"lastMessage":{"type":"text","text":"Is the garden table of order ${number} in stock again?"},"botState":{"id":"${SESSION}"},"lastMessageTimestamp":${lastMessageAt}}`;
}

export function searchAnswer(first: number, count: number): string {
  const data = Array.from({ length: count }, (_, index) => record(first + index));
  return `{"data":[${data.join(',')}],"total":${CHATS}}`;
}

/** The newest `limit` messages at or before a time, in epoch ms. */
export function messagesAnswer(chat: number, limit: number, beforeTime: number): string {
  const { lastMessageAt } = chatOf(chat);
  const minTime = lastMessageAt - (MESSAGES - 1) * MINUTE;
  const end = Math.min(Math.max(Math.floor((beforeTime - minTime) / MINUTE) + 1, 0), MESSAGES);
  const messages = [];
  for (let index = Math.max(end - limit, 0); index < end; index += 1) {
    messages.push(message(chat, index, minTime + index * MINUTE));
  }
  return `{"messages":[${messages.join(',')}],"minTime":${minTime},"maxTime":${lastMessageAt}}`;
}

function message(chat: number, index: number, timestamp: number): string {
  const contact = contactOf(chat);
  const chatId = chatIdOf(chat);
  const head = `{"_id":"${index.toString(16).padStart(8, '0')}${chatId.slice(8)}","parent_chat":"${chatId}","chatChannelInfo":{"name":"whatsapp","id":"${contact}","accountId":"15550199999"},"channelInfo":{"id":"wamid.HBgM${chatId}"},"timestamp":${timestamp},"type":"text","text":"Message ${index}: the table comes on Tuesday between nine and twelve.","updatedAt":"2026-03-01T08:00:00.000Z"`;
  if (index % 3 === 0)
    return `${head},"direction":"incoming","status":2,"statusHistory":[{"status":2,"timestamp":${timestamp}}]}`;
  const agent = index % 3 === 1 ? 'Bot' : '3d0c7a52-8f5e-4b8c-9a46-0c1f5a2b7e10';
  return `${head},"direction":"outgoing","agent":"${agent}","status":3,"statusHistory":[{"status":0,"timestamp":${timestamp}},{"status":2,"timestamp":${timestamp + 900}},{"status":3,"timestamp":${timestamp + 4200}}]}`;
}

function chatOf(number: number) {
  const lastMessageAt = NEWEST - number * 1000;
  return {
    status: number % 4,
    agent:
      number % 4 === 2
        ? '{"uid":"3d0c7a52-8f5e-4b8c-9a46-0c1f5a2b7e10","displayName":"Noa"}'
        : '{"uid":null,"displayName":""}',
    lastMessageAt,
    updatedAt: new Date(lastMessageAt).toISOString(),
    contact: contactOf(number),
    title: `Contact ${number}`,
  };
}

function contactOf(number: number): string {
  return `9725${String(number).padStart(9, '0')}`;
}
