import { getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type Cost, CostEstimator } from '../../../src/limits/cost.ts';
import { encodeGlobalId } from '../../../src/model/global-id.ts';
import { schema } from '../../../src/schema/index.ts';

interface Options {
  readonly variables?: Record<string, unknown>;
  readonly maxPageSize?: number;
  readonly operationName?: string;
}

function costOf(text: string, { variables, maxPageSize = 100, operationName }: Options = {}): Cost {
  const document = parse(text);
  expect(validate(schema, document, specifiedRules)).toEqual([]);
  const operation = getOperationAST(document, operationName);
  if (operation == null) throw new Error('the document has no such operation');
  return new CostEstimator(schema, maxPageSize).estimate(document, operation, variables);
}

const CHAT = encodeGlobalId('Chat', 'c1');
const MESSAGE = encodeGlobalId('Message', 'c1:1700000000000:m1');
const CHANNEL = '{ name: WHATSAPP, accountId: "1", contactId: "2" }';

describe('the REST calls of an estimate', () => {
  test.each([
    // Single chats.
    ['{ chat(chatId: "c") { chatId id } }', 1],
    ['{ chat(chatId: "c") { title status agent { uid } } }', 1],
    ['{ chat(chatId: "c") { labelIds crmData botState { node store } previousBotSession { node } } }', 2],
    ['{ chat(chatId: "c") { lastMessage { text } botState { sessionId } } }', 1],
    [`{ chatByChannel(channel: ${CHANNEL}) { title labelIds crmData } }`, 1],
    [`{ chatByChannel(channel: ${CHANNEL}) { lastMessage { text } } }`, 2],
    ['{ a: chat(chatId: "c") { title } b: chat(chatId: "c") { title } }', 2],
    // Messages.
    ['{ chat(chatId: "c") { messages { nodes { text } } } }', 2],
    ['{ chat(chatId: "c") { messages(last: 5) { nodes { text } } } }', 2],
    ['{ chat(chatId: "c") { messages(first: 5, after: "x") { nodes { text } } } }', 2],
    ['{ chat(chatId: "c") { messages(first: 5) { nodes { text } } } }', 4],
    ['{ chat(chatId: "c") { messages(first: 5, after: null) { nodes { text } } } }', 4],
    ['{ chat(chatId: "c") { messages(first: null, last: 5) { nodes { text } } } }', 2],
    ['{ chat(chatId: "c") { botState { messages(first: 5) { nodes { text } } } } }', 4],
    ['{ chat(chatId: "c") { a: messages { nodes { id } } b: messages(first: 1) { nodes { id } } } }', 5],
    // Lists of chats.
    ['{ chats { nodes { title labelIds } } }', 1],
    ['{ chats(first: 0) { totalCount } }', 1],
    ['{ chats { nodes { lastMessage { text } } } }', 31],
    ['{ chats { edges { node { lastMessage { text } } } } }', 31],
    ['{ chats { nodes { lastMessage { text } } edges { node { lastMessage { type } } } } }', 31],
    ['{ chats(after: "x") { nodes { lastMessage { text } } } }', 31],
    ['{ chats(before: "x") { nodes { lastMessage { text } } } }', 31],
    ['{ chats(first: null, last: 7) { nodes { lastMessage { text } } } }', 8],
    ['{ chats(first: 10) { nodes { messages(last: 1) { nodes { text } } lastMessage { text } } } }', 21],
    ['{ chats(first: 10) { nodes { messages(first: 1) { nodes { text } } } } }', 31],
    // A message's chat is the chat that its thread is of.
    ['{ chats(first: 10) { nodes { messages { nodes { chat { title labelIds } } } } } }', 11],
    ['{ chats(first: 10) { nodes { messages { nodes { chat { lastMessage { text } } } } } } }', 21],
    [
      '{ chat(chatId: "c") { messages(last: 5) { nodes { chat { messages(last: 2) { nodes { id } } } } } } }',
      7,
    ],
    // What is refused when it is its turn costs no more than the largest page.
    ['{ chats(first: 5000) { nodes { lastMessage { text } } } }', 101],
    ['{ chats(first: -5) { nodes { lastMessage { text } } } }', 1],
    // Global ids.
    [`{ node(id: "${CHAT}") { id } }`, 1],
    [`{ node(id: "${CHAT}") { ... on Chat { labelIds } ... on Message { chat { title } } } }`, 2],
    [`{ node(id: "${MESSAGE}") { ... on Chat { labelIds } ... on Message { text } } }`, 1],
    [`{ node(id: "${MESSAGE}") { ... on Message { chat { title labelIds } } } }`, 3],
    ['{ node(id: "forged") { ... on Chat { labelIds messages { nodes { id } } } } }', 1],
    [`{ nodes(ids: ["${CHAT}", "${CHAT}", "${MESSAGE}"]) { id ... on Chat { labelIds } } }`, 5],
    [`{ nodes(ids: "${CHAT}") { id } }`, 1],
    // Entities.
    [
      `{ _entities(representations: [{ __typename: "Chat", id: "${CHAT}" }]) { ... on Chat { id chatId } } }`,
      0,
    ],
    [`{ _entities(representations: [{ __typename: "Chat", id: "${CHAT}" }]) { ... on Chat { title } } }`, 1],
    [
      `{ _entities(representations: [{ __typename: "Chat", id: "${CHAT}" }]) { ... on Chat { labelIds } } }`,
      2,
    ],
    [
      '{ _entities(representations: [{ __typename: "Chat", chatId: "a" }, { __typename: "Chat", chatId: "b" }, { __typename: "Chat", chatId: "a" }]) { ... on Chat { messages(last: 1) { nodes { text } } } } }',
      2,
    ],
    [
      `{ _entities(representations: [{ __typename: "Message", id: "${MESSAGE}" }]) { ... on Message { id } } }`,
      0,
    ],
    [
      `{ _entities(representations: [{ __typename: "Message", id: "${MESSAGE}" }]) { ... on Message { text } } }`,
      1,
    ],
    [
      '{ _entities(representations: [{ __typename: "Agent", uid: "u" }, 7]) { ... on Agent { displayName } } }',
      0,
    ],
    // Writes.
    [
      'mutation { updateChatCrmData(input: { chatId: "c", data: {} }) { chat { crmData lastMessage { text } labelIds } } }',
      1,
    ],
    [
      'mutation { updateChatCrmData(input: { chatId: "c", data: {} }) { chat { messages { nodes { text } } } } }',
      2,
    ],
    // What is no read.
    ['{ __typename __schema { types { name } } _service { sdl } }', 0],
  ])('%s', (document, calls) => {
    expect(costOf(document).calls).toBe(calls);
  });

  test('follow variables, their defaults, and null for absent', () => {
    const document =
      'query ($n: Int = 4, $m: Int) { chats(first: $n, last: $m) { nodes { lastMessage { text } } } }';
    expect(costOf(document).calls).toBe(5);
    expect(costOf(document, { variables: { n: 9 } }).calls).toBe(10);
    expect(costOf(document, { variables: { n: null } }).calls).toBe(31);
    expect(costOf(document, { variables: { n: null, m: 6 } }).calls).toBe(7);
    expect(costOf(document, { variables: { n: 'nine' } }).calls).toBe(1);
  });

  // Variables were looked up in an ordinary object: one that was absent and called `constructor` was a function, counted
  // as a page of none, and MAX_COST and the rate limit let a whole page pass.
  test.each(['constructor', 'toString', 'valueOf', '__proto__'])('know a variable called %s', (name) => {
    const absent = `query ($${name}: Int) { chats(first: $${name}) { nodes { lastMessage { text } } } }`;
    expect(costOf(absent).calls).toBe(31);
    const preset = `query ($${name}: Int = 4) { chats(first: $${name}) { nodes { lastMessage { text } } } }`;
    // graphql-js loses a variable called __proto__ on its way to the argument.
    expect(costOf(preset).calls).toBe(name === '__proto__' ? 31 : 5);
    const variables = JSON.parse(`{ "${name}": 9 }`);
    expect(costOf(absent, { variables }).calls).toBe(name === '__proto__' ? 31 : 10);
  });

  test('follow ids in variables, whole or one by one', () => {
    const whole = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(costOf(whole, { variables: { ids: [CHAT, CHAT, 'x'] } }).calls).toBe(3);
    const single = 'query ($a: ID!) { nodes(ids: [$a, "x"]) { ... on Chat { labelIds } } }';
    expect(costOf(single, { variables: { a: CHAT } }).calls).toBe(3);
  });

  // Representations were told apart by their JSON: one chat by two keys, or with its members in another order, counted
  // twice, what named nothing counted as a read, and one that nests deep overflowed the stack.
  test('count each distinct entity that needs a read once', () => {
    const representations = (list: readonly unknown[]) => ({ variables: { list } });
    const document =
      'query ($list: [_Any!]!) { _entities(representations: $list) { ... on Chat { title } ... on Message { text } } }';
    const same = [
      { __typename: 'Chat', id: encodeGlobalId('Chat', 'c1') },
      { __typename: 'Chat', chatId: 'c1' },
      { chatId: 'c1', __typename: 'Chat', title: 'known' },
      { __typename: 'Message', id: MESSAGE },
      { id: MESSAGE, __typename: 'Message' },
    ];
    expect(costOf(document, representations(same)).calls).toBe(2);
    const malformed = [
      JSON.parse('['.repeat(5000) + ']'.repeat(5000)),
      { __typename: 'Chat', chatId: '../x' },
      ...Array.from({ length: 1001 }, (_, i) => ({ __typename: 'Chat', id: `none-${i}` })),
    ];
    expect(costOf(document, representations(malformed)).total).toBe(0);
  });

  test('follow @skip and @include, on fields and fragments', () => {
    const document = `query ($yes: Boolean!) {
      chats(first: 10) {
        nodes {
          lastMessage @include(if: $yes) { text }
          ... @skip(if: $yes) { oldest: messages(first: 1) { nodes { id } } }
          ...F @skip(if: true)
          ...F @include(if: true) @skip(if: $yes)
        }
      }
    }
    fragment F on Chat { messages(last: 1) { nodes { text } } }`;
    expect(costOf(document, { variables: { yes: true } }).calls).toBe(11);
    expect(costOf(document, { variables: { yes: false } }).calls).toBe(1 + 10 * (3 + 1));
  });

  test('shrink with the largest page', () => {
    const document = '{ chats { nodes { messages { nodes { chat { messages { nodes { id } } } } } } } }';
    expect(costOf(document, { maxPageSize: 5 }).calls).toBe(1 + 5 * (1 + 5));
    expect(costOf('{ chats(first: 50) { nodes { lastMessage { text } } } }', { maxPageSize: 5 }).calls).toBe(
      6,
    );
  });

  test('count a fragment as often as it is spread', () => {
    const document = `{ chat(chatId: "c") { ${'...F '.repeat(100)} } } fragment F on Chat { messages { nodes { id } } }`;
    expect(costOf(document).calls).toBe(101);
  });

  test('are those of the operation that is to run', () => {
    const document = 'query A { chats { totalCount } } query B { chats { nodes { lastMessage { text } } } }';
    expect(costOf(document, { operationName: 'A' }).calls).toBe(1);
    expect(costOf(document, { operationName: 'B' }).calls).toBe(31);
  });

  test('take no longer for fragments that double at every step', () => {
    const steps = Array.from(
      { length: 150 },
      (_, i) => `fragment F${i} on Chat { ...F${i + 1} ...F${i + 1} }`,
    );
    const document = parse(
      `query ($n: Int) { chat(chatId: "c") { ...F0 } } ${steps.join(' ')} fragment F150 on Chat { messages(last: $n) { nodes { id } } }`,
    );
    const operation = getOperationAST(document);
    if (operation == null) throw new Error('no operation');
    expect(new CostEstimator(schema, 100).estimate(document, operation, { n: 1 }).calls).toBe(2 ** 150 + 1);
  });
});

describe('the size of the answer in an estimate', () => {
  test.each([
    ['{ chats(first: 99) { nodes { id } } }', 1],
    ['{ chats(first: 100) { nodes { id } } }', 2],
    ['{ chats(first: 100) { totalCount pageInfo { hasNextPage } } }', 1],
    ['{ chats(first: 50) { nodes { id } edges { node { id } } } }', 2],
    ['{ chats(first: 10) { nodes { messages(last: 100) { nodes { id } } } } }', 11 + 10],
    ['{ chats(first: 10) { nodes { messages(last: 100) { nodes { chat { id } } } } } }', 11 + 20],
    ['{ chats(first: 100) { nodes { messages(last: 100) { nodes { text } } } } }', 101 + 101],
    // Read once, and answered as often as asked.
    [
      `{ _entities(representations: [${'{ __typename: "Chat", chatId: "a" } '.repeat(30)}]) { ... on Chat { messages(last: 100) { nodes { id } } } } }`,
      1 + 30,
    ],
  ])('%s', (document, total) => {
    expect(costOf(document).total).toBe(total);
  });
});
