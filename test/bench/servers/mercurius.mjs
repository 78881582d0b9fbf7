// Mercurius with its just-in-time compiler and its loaders, over an undici Pool.
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { Pool } from 'undici';
import { authorization, serving, UPSTREAM_CONNECTIONS, upstreamUrl } from './listen.mjs';
import { chatPath, lastMessage, messagesPath, searchPath } from './model.mjs';
import { resolvers } from './resolvers.mjs';

const { origin, pathname } = new URL(upstreamUrl);
const pool = new Pool(origin, { connections: UPSTREAM_CONNECTIONS });

async function read(path) {
  const { body } = await pool.request({ path: pathname + path, method: 'GET', headers: { authorization } });
  return body.json();
}

const texter = {
  chat: (chatId) => read(chatPath(chatId)),
  search: (text, limit) => read(searchPath(text, limit)),
  messages: (chatId, last) => read(messagesPath(chatId, last)),
};

const app = Fastify();
app.register(mercurius, {
  schema: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  resolvers: resolvers(() => texter),
  loaders: {
    Chat: {
      lastMessage: (queries) =>
        Promise.all(queries.map(async ({ obj }) => lastMessage(await texter.chat(obj.chatId)))),
    },
  },
  jit: 1,
});
serving(`${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`);
