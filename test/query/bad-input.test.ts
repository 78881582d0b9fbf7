import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

// Whatever a caller gets wrong is a coded error in its own place, makes no REST call of its own, and loses nothing
// else of the answer.

const NOBODY = 'f'.repeat(24);
const globalId = (text: string) => Buffer.from(text).toString('base64url');
const full = LANDMARKS.fullChat;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const FIELDS: readonly (readonly [string, string])[] = [
  ['a chat id with a slash', 'bad: chat(chatId: "a/b") { title }'],
  ['a chat id that climbs', 'bad: chat(chatId: "..") { title }'],
  ['a chat id that is another endpoint', 'bad: chat(chatId: "search") { title }'],
  ['a chat id that is another endpoint, shouted', 'bad: chat(chatId: "SEARCH") { title }'],
  ['an empty chat id', 'bad: chat(chatId: "") { title }'],
  ['a chat id with a line break', 'bad: chat(chatId: "a\\nb") { title }'],
  ['a malformed global id', 'bad: node(id: "!!") { id }'],
  ['a global id of an unknown type', `bad: node(id: "${globalId('Agent:1')}") { id }`],
  ['a global id that is not spelt as ours', `bad: node(id: "${globalId(`Chat:${full}`)}=") { id }`],
  ['a global id with a foreign path', `bad: node(id: "${globalId('Chat:../labels')}") { id }`],
  ['a search of one character', 'bad: chats(filter: { search: "a" }) { totalCount }'],
  ['a search of blanks', 'bad: chats(filter: { search: "   " }) { totalCount }'],
  ['an SMS filter', 'bad: chats(filter: { channel: { name: SMS, accountId: "1" } }) { totalCount }'],
  [
    '101 labels',
    `bad: chats(filter: { labelIds: ${JSON.stringify(Array.from({ length: 101 }, (_, i) => `l${i}`))} }) { totalCount }`,
  ],
  ['a page of -1 chats', 'bad: chats(first: -1) { totalCount }'],
  ['a page of 101 chats', 'bad: chats(first: 101) { totalCount }'],
  ['first with last', 'bad: chats(first: 1, last: 1) { totalCount }'],
  ['a forged cursor', 'bad: chats(after: "bm9wZQ") { totalCount }'],
  [
    'a contact id of one character',
    'bad: chatByChannel(channel: { name: SMS, accountId: "1", contactId: "1" }) { id }',
  ],
];

const ON_MESSAGES: readonly (readonly [string, string])[] = [
  ['a page of -1 messages', 'last: -1'],
  ['a page of 101 messages', 'first: 101'],
  ['first with last', 'first: 1, last: 1'],
  ['a forged cursor', 'before: "Zm9yZ2Vk"'],
  ['a session id that is none', 'botSessionId: "../x"'],
];

describe('refused before any call, the rest answered', () => {
  test.each(FIELDS)('%s', async (_name, field) => {
    const before = gateway.sandbox.requests.length;
    const { data, errors } = await gateway.query(`{ ${field} good: chat(chatId: "${full}") { chatId } }`);
    expect(data).toEqual({ bad: null, good: { chatId: full } });
    expect(errors).toMatchObject([{ path: ['bad'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.sandbox.requests.length - before).toBe(1);
  });

  test.each(ON_MESSAGES)('%s', async (_name, args) => {
    const before = gateway.sandbox.requests.length;
    const { data, errors } = await gateway.query(
      `{ chat(chatId: "${full}") { chatId messages(${args}) { nodes { id } } } }`,
    );
    expect(data).toEqual({ chat: { chatId: full, messages: null } });
    expect(errors).toMatchObject([{ path: ['chat', 'messages'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.sandbox.requests.length - before).toBe(1);
  });
});

test('a cursor of another chat is refused', async () => {
  const { data } = await gateway.query<{ chat: { messages: { pageInfo: { startCursor: string } } } }>(
    `{ chat(chatId: "${full}") { messages(last: 1) { pageInfo { startCursor } } } }`,
  );
  const cursor = data?.chat.messages.pageInfo.startCursor;
  const { errors } = await gateway.query(
    `{ chat(chatId: "${LANDMARKS.longThread}") { messages(last: 1, before: "${cursor}") { nodes { id } } } }`,
  );
  expect(errors).toMatchObject([{ path: ['chat', 'messages'], extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('a cursor of another filter is refused', async () => {
  const { data } = await gateway.query<{ chats: { pageInfo: { endCursor: string } } }>(
    '{ chats(first: 1) { pageInfo { endCursor } } }',
  );
  const { errors } = await gateway.query(
    `{ chats(first: 1, after: "${data?.chats.pageInfo.endCursor}", filter: { includeEmpty: true }) { nodes { id } } }`,
  );
  expect(errors).toMatchObject([{ path: ['chats'], extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('what is not there is null without an error', async () => {
  const { data, errors } = await gateway.query(
    `{ chat(chatId: "${NOBODY}") { title messages { nodes { id } } }
      node(id: "${globalId(`Chat:${NOBODY}`)}") { id }
      message: node(id: "${globalId(`Message:${full}:1:${NOBODY}`)}") { id }
      ofNobody: node(id: "${globalId(`Message:${NOBODY}:1:${NOBODY}`)}") { id }
      chatByChannel(channel: { name: WHATSAPP, accountId: "15550199999", contactId: "999999999" }) { id } }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ chat: null, node: null, message: null, ofNobody: null, chatByChannel: null });
});

test('a contact that search may not know is not reported as missing', async () => {
  const { data, errors } = await gateway.query(
    '{ chatByChannel(channel: { name: EMAIL, accountId: "desk@example.com", contactId: "x@example.com" }) { id } }',
  );
  expect(data).toEqual({ chatByChannel: null });
  expect(errors).toMatchObject([{ path: ['chatByChannel'], extensions: { code: 'RECORD_UNAVAILABLE' } }]);
});

test('a bad id nulls its own slot', async () => {
  const { data, errors } = await gateway.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [globalId(`Chat:${full}`), 'nonsense', globalId(`Chat:${NOBODY}`)],
  });
  expect(data).toEqual({ nodes: [{ id: globalId(`Chat:${full}`) }, null, null] });
  expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('101 ids are refused; the list itself cannot be null, so the answer is', async () => {
  const { data, errors } = await gateway.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: Array(101).fill(globalId(`Chat:${full}`)),
  });
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ path: ['nodes'], extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('labels and statuses may repeat, null counts as absent, 0 is an empty page', async () => {
  const labelIds = Array.from({ length: 150 }, (_, index) => `label-${index % 100}`);
  const { data, errors } = await gateway.query(
    `query ($filter: ChatFilter) { chats(filter: $filter, first: 0, after: null) { nodes { id } pageInfo { startCursor } } }`,
    { filter: { labelIds, statuses: ['BOT', 'BOT', 'PENDING'], search: null, channel: null } },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ chats: { nodes: [], pageInfo: { startCursor: null } } });
});

const WRITE =
  'mutation ($input: UpdateChatCrmDataInput!) { updateChatCrmData(input: $input) { chat { id } } }';
const nested = (depth: number): unknown => (depth === 0 ? 1 : { deeper: nested(depth - 1) });

test.each([
  ['nested 33 deep', nested(33)],
  ['over 64 KiB', { text: 'א'.repeat(40_000) }],
  ['with a __proto__ key', JSON.parse('{ "a": { "__proto__": { "admin": true } } }')],
])('CRM data %s are refused before any call', async (_name, data) => {
  const before = gateway.sandbox.requests.length;
  const answer = await gateway.query(WRITE, { input: { chatId: full, data } });
  expect(answer.data).toEqual({ updateChatCrmData: null });
  expect(answer.errors).toMatchObject([
    { path: ['updateChatCrmData'], extensions: { code: 'BAD_USER_INPUT' } },
  ]);
  expect(gateway.sandbox.requests).toHaveLength(before);
});

test('CRM data nested 32 deep are written', async () => {
  const { errors } = await gateway.query(WRITE, { input: { chatId: full, data: nested(32) } });
  expect(errors).toBeUndefined();
});

test('a write to a chat that is not there is NOT_FOUND, and another write beside it goes through', async () => {
  const { data, errors } = await gateway.query(
    `mutation { bad: updateChatCrmData(input: { chatId: "${NOBODY}", data: {} }) { chat { id } }
      worse: updateChatCrmData(input: { chatId: "assign", data: {} }) { chat { id } }
      good: updateChatCrmData(input: { chatId: "${full}", data: { seen: true } }) { chat { chatId } } }`,
  );
  expect(data).toEqual({ bad: null, worse: null, good: { chat: { chatId: full } } });
  expect(errors).toMatchObject([
    { path: ['bad'], extensions: { code: 'NOT_FOUND' } },
    { path: ['worse'], extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

test.each([
  ['that is no object', { chatId: full, data: [1] }],
  ['that is missing', { chatId: full }],
  ['beside an unknown key', { chatId: full, data: {}, mode: 'MERGE' }],
])('variables: data %s', async (_name, input) => {
  const { data, errors } = await gateway.query(WRITE, { input });
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test.each([
  ['{ chat(chatId: "x" }', 'GRAPHQL_PARSE_FAILED'],
  ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
  ['{ chat { title } }', 'GRAPHQL_VALIDATION_FAILED'],
])('the document %s', async (document, code) => {
  const { data, errors } = await gateway.query(document);
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ extensions: { code } }]);
});
