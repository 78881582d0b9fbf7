// The floor: what the same answers cost without GraphQL. A hand-written handler for exactly these operations that
// makes the same REST calls with undici, parses them, and writes the same JSON.
import { Pool } from 'undici';
import { authorization, listen, UPSTREAM_CONNECTIONS, upstreamUrl } from './listen.mjs';
import {
  agent,
  channelInfo,
  chatPage,
  chatPath,
  chatStatus,
  direction,
  globalId,
  lastMessage,
  lastMessageAt,
  messageCursor,
  messageId,
  messageStatus,
  messagesPath,
  name,
  newest,
  searchPath,
  sender,
} from './model.mjs';

const { origin, pathname } = new URL(upstreamUrl);
const pool = new Pool(origin, { connections: UPSTREAM_CONNECTIONS });
const headers = { authorization, accept: 'application/json' };

async function read(path) {
  const { body } = await pool.request({ path: pathname + path, method: 'GET', headers });
  return body.json();
}

const inboxRow = (chat) => ({
  id: globalId('Chat', chat._id),
  chatId: chat._id,
  name: name(chat),
  status: chatStatus(chat),
  unreadCount: chat.unreadCount ?? null,
  lastMessageAt: lastMessageAt(chat),
  channelInfo: channelInfo(chat),
  agent: agent(chat),
  labelIds: chat.labels ?? null,
});

const messageEdge = (chatId, message) => ({
  cursor: messageCursor(message),
  node: {
    id: messageId(chatId, message),
    createdAt: new Date(message.timestamp).toISOString(),
    direction: direction(message),
    status: messageStatus(message),
    text: message.text ?? null,
    sender: sender(message),
  },
});

async function thread(chatId, last) {
  const [chat, answer] = await Promise.all([read(chatPath(chatId)), read(messagesPath(chatId, last))]);
  const { shown, hasPreviousPage } = newest(answer, last);
  const edges = shown.map((message) => messageEdge(chatId, message));
  const pageInfo = { hasPreviousPage, startCursor: edges[0]?.cursor ?? null };
  return { chat: { title: chat.title ?? null, messages: { pageInfo, edges } } };
}

/** By operation name. */
const OPERATIONS = {
  async Inbox({ search }) {
    const page = chatPage(await read(searchPath(search, 30)));
    return { chats: { ...page, nodes: page.nodes.map(inboxRow) } };
  },
  async InboxPreviews({ search }) {
    const page = chatPage(await read(searchPath(search, 30)));
    const nodes = page.nodes.map(async (chat) => ({
      ...inboxRow(chat),
      lastMessage: lastMessage(await read(chatPath(chat._id))),
    }));
    return { chats: { ...page, nodes: await Promise.all(nodes) } };
  },
  Thread: ({ chatId }) => thread(chatId, 50),
  LongThread: ({ chatId }) => thread(chatId, 100),
  async Title({ chatId }) {
    const { title } = await read(chatPath(chatId));
    return { chat: { title: title ?? null } };
  },
};

listen((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', async () => {
    const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString());
    const body = JSON.stringify({ data: await OPERATIONS[operationName](variables) });
    res.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    res.end(body);
  });
});
