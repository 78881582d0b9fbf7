// What the floor and the peers answer from REST records, written once so that their answers can be compared with the
// gateway's. These servers are plain JavaScript because what is measured runs as it is: no loader, no compiler.

const CHAT_STATUS = ['BOT', 'PENDING', 'ASSIGNED', 'RESOLVED', 'BULK'];
const MESSAGE_STATUS = ['SENT', 'ACCEPTED', 'DELIVERED', 'SEEN', 'FAILED', 'CHANNEL_FAILED', 'DELETED'];
const CHANNEL_NAME = {
  whatsapp: 'WHATSAPP',
  messenger: 'MESSENGER',
  instagram: 'INSTAGRAM',
  website_chat: 'WEBSITE_CHAT',
  email: 'EMAIL',
  sms: 'SMS',
};
const DIRECTION = { incoming: 'INCOMING', outgoing: 'OUTGOING' };

/** The time that asks Get Messages for the newest ones, and an id that no message has. */
const END_OF_TIME = 253_402_300_799_999;
const NO_ID = '0'.repeat(24);

export const searchPath = (search, limit) =>
  `/chats/search?search=${encodeURIComponent(search)}&limit=${limit}`;
export const chatPath = (chatId) => `/chats/${chatId}`;
/** One more than the page, to know whether there is a previous one. */
export const messagesPath = (chatId, last) =>
  `/messages/chat/${chatId}?limit=${last + 1}&beforeTime=${END_OF_TIME}&beforeId=${NO_ID}`;

export const globalId = (typename, id) => Buffer.from(`${typename}:${id}`).toString('base64url');
export const chatStatus = (chat) => CHAT_STATUS[chat.status] ?? null;
export const lastMessageAt = (chat) =>
  chat.last_message_timestamp == null ? null : new Date(chat.last_message_timestamp).toISOString();
export const channelInfo = ({ channelInfo: info }) => ({
  name: CHANNEL_NAME[info.name] ?? null,
  contactId: info.id,
});
export const agent = (chat) => (chat.agent?.uid ? { displayName: chat.agent.displayName || null } : null);
export const name = (chat) => chat.displayName || chat.title || null;
export const lastMessage = ({ lastMessage: last }) =>
  last == null ? null : { type: last.type ?? null, text: last.text ?? null };

export const messageId = (chatId, message) =>
  globalId('Message', `${chatId}:${message.timestamp}:${message._id}`);
export const direction = (message) => DIRECTION[message.direction] ?? null;
export const messageStatus = (message) => MESSAGE_STATUS[message.status] ?? null;
export const sender = (message) => {
  if (message.direction === 'incoming') return { kind: 'CONTACT', agentUid: null };
  if (!message.agent) return { kind: 'OTHER', agentUid: null };
  return message.agent === 'Bot'
    ? { kind: 'BOT', agentUid: null }
    : { kind: 'AGENT', agentUid: message.agent };
};

export const chatCursor = (offset) => Buffer.from(`chat:${offset}`).toString('base64url');
export const messageCursor = ({ timestamp, _id }) => Buffer.from(`${timestamp}.${_id}`).toString('base64url');

/** A page of search as GraphQL shows it, but for the fields of its chats. */
export const chatPage = ({ data, total }) => ({
  totalCount: total,
  pageInfo: {
    hasNextPage: data.length < total,
    endCursor: data.length > 0 ? chatCursor(data.length - 1) : null,
  },
  nodes: data,
});

/** The newest messages, of an answer that may hold one more. */
export const newest = ({ messages }, last) => ({
  shown: messages.slice(-last),
  hasPreviousPage: messages.length > last,
});
