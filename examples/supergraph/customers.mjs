// A neighbour of Texter in the supergraph: it knows the company's customers, and which chats are theirs.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';

// Chats of the sandbox that are there whatever else it makes up.
const customers = [
  { id: '1', name: 'Bennett Interiors', chatIds: ['65a0000000000000000000a9'] },
  { id: '2', name: 'Levi Renovations', chatIds: ['65a0000000000000000000a5'] },
];

const schema = createSchema({
  typeDefs: [
    await readFile(new URL('customers.graphql', import.meta.url), 'utf8'),
    `scalar _Any
     union _Entity = Chat | Agent
     extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`,
  ],
  // The directives of federation are the composer's to know.
  assumeValidSDL: true,
  resolvers: {
    Query: {
      customers: () => customers,
      _entities: (_root, { representations }) => representations,
    },
    _Entity: { __resolveType: ({ __typename }) => __typename },
    Customer: {
      chats: ({ chatIds }) => chatIds.map((chatId) => ({ chatId })),
    },
    Chat: { customer: ({ chatId }) => customers.find(({ chatIds }) => chatIds.includes(chatId)) },
    Agent: { email: ({ uid }) => `${uid}@example.com` },
  },
});

createServer(createYoga({ schema })).listen(4001, '127.0.0.1', () => {
  console.log('http://127.0.0.1:4001/graphql serves the customers');
});
