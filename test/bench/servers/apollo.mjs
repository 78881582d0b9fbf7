// Apollo Server 5 and its data source for REST APIs, as their documentation puts them together.
import { readFileSync } from 'node:fs';
import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { authorization, serving, upstreamUrl } from './listen.mjs';
import { chatPath, lastMessage, messagesPath, searchPath } from './model.mjs';
import { resolvers } from './resolvers.mjs';

class Texter extends RESTDataSource {
  baseURL = `${upstreamUrl}/`;

  willSendRequest(_path, request) {
    request.headers.authorization = authorization;
  }

  chat(chatId) {
    return this.get(chatPath(chatId).slice(1));
  }

  search(text, limit) {
    return this.get(searchPath(text, limit).slice(1));
  }

  messages(chatId, last) {
    return this.get(messagesPath(chatId, last).slice(1));
  }
}

const all = resolvers(({ texter }) => texter);
all.Chat.lastMessage = async ({ chatId }, _args, { texter }) => lastMessage(await texter.chat(chatId));

const server = new ApolloServer({
  typeDefs: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  resolvers: all,
});
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async () => ({ texter: new Texter({ cache: server.cache }) }),
});
serving(url);
