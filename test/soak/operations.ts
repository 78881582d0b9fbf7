import { LANDMARKS } from '../../src/sandbox/landmarks.ts';

/** A request to the gateway's GraphQL endpoint. */
export interface SoakRequest {
  readonly body: string;
  /** Ms after which the client leaves, answered or not. */
  readonly leavesAfter?: number;
}

const CHATS = Object.values(LANDMARKS);

const post = (query: string, variables: object = {}): SoakRequest => ({
  body: JSON.stringify({ query, variables }),
});
const chatOf = (turn: number) => CHATS[turn % CHATS.length] ?? LANDMARKS.fullChat;
const idOf = (turn: number) => Buffer.from(`Chat:${chatOf(turn)}`).toString('base64url');

/**
 * What clients of all kinds send, made from the number of the request: pages of every size, reads by every key, writes,
 * clients that leave, and documents, names and ids that nobody sent before.
 */
const KINDS: readonly ((turn: number) => SoakRequest)[] = [
  (turn) =>
    post(
      'query Inbox($first: Int!) { chats(first: $first) { totalCount pageInfo { endCursor } nodes { id title status } } }',
      { first: 1 + (turn % 100) },
    ),
  (turn) =>
    post(
      'query Previews($first: Int!) { chats(first: $first) { nodes { name labelIds lastMessage { text } } } }',
      { first: 1 + (turn % 30) },
    ),
  (turn) =>
    post(
      'query Thread($chat: ID!, $last: Int!) { chat(chatId: $chat) { title crmData messages(last: $last) { nodes { id text createdAt } } } }',
      { chat: chatOf(turn), last: 1 + (turn % 100) },
    ),
  (turn) =>
    post('query Start($chat: ID!) { chat(chatId: $chat) { messages(first: 10) { nodes { id text } } } }', {
      chat: chatOf(turn),
    }),
  (turn) =>
    post('query Found($text: String!) { chats(first: 5, filter: { search: $text }) { nodes { title } } }', {
      text: `05${turn % 1000}`,
    }),
  (turn) => post('query Nobody($chat: ID!) { chat(chatId: $chat) { title } }', { chat: `nobody${turn}` }),
  (turn) =>
    post('query Again($ids: [ID!]!) { nodes(ids: $ids) { id ... on Chat { title status } } }', {
      ids: CHATS.map((_, index) => idOf(turn + index)),
    }),
  (turn) =>
    post(
      'query Entities($of: [_Any!]!) { _entities(representations: $of) { ... on Chat { title messages(last: 1) { nodes { text } } } } }',
      { of: CHATS.map((_, index) => ({ __typename: 'Chat', chatId: chatOf(turn + index) })) },
    ),
  (turn) =>
    post(
      'mutation Write($chat: ID!, $data: JSONObject!) { updateChatCrmData(input: { chatId: $chat, data: $data }) { chat { crmData labelIds } } }',
      { chat: chatOf(turn), data: { turn } },
    ),
  (turn) => ({
    ...post('query Left($first: Int!) { chats(first: $first) { nodes { lastMessage { text } } } }', {
      first: 10 + (turn % 20),
    }),
    leavesAfter: turn % 40,
  }),
  newDocument,
  (turn) => post(`{ chat(chatId: "${chatOf(turn)}") { title nothing${turn} } }`),
  (turn) => post(`{ chat(chatId: "${turn}`),
  (turn) =>
    post(`{ ${Array.from({ length: 31 }, (_, alias) => `a${turn}x${alias}: __typename`).join(' ')} }`),
  (turn) => ({ body: `{ "query": "${'x'.repeat(turn % 200_000)}` }),
];

/** An operation that nobody sent before, however often this is called with other numbers. */
export function newDocument(turn: number): SoakRequest {
  return post(`query Name${turn} { chat(chatId: "${chatOf(turn)}") { title } }`);
}

export function requestOf(turn: number): SoakRequest {
  const kind = KINDS[turn % KINDS.length];
  if (kind === undefined) throw new RangeError('there are kinds');
  return kind(Math.floor(turn / KINDS.length));
}
