import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GatewayOverSandbox, startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox } from '../support/inbox.ts';

// What the started process refuses before it makes a REST call: the only error, with what is allowed and what came.

let started: GatewayOverSandbox;
beforeAll(async () => {
  started = await startGatewayOverSandbox({ MAX_COST: '30' }, { dataset: anInbox(3) });
});
afterAll(() => started[Symbol.asyncDispose]());
beforeEach(() => started.sandbox.reset());

const chat = (fields: string) => `{ chat(chatId: "c1") { ${fields} } }`;
const aliases = (count: number) => Array.from({ length: count }, (_, i) => `a${i}: title`).join(' ');

test.each([
  ['tokens', chat('title '.repeat(2000)), 2000, 2010],
  ['depth', `{ chat(chatId: "c1") ${'{ messages '.repeat(15)} { totalCount ${'}'.repeat(17)}`, 15, 17],
  ['aliases', chat(aliases(31)), 30, 31],
  [
    'aliases of a fragment spread a hundred times',
    `${chat('...F '.repeat(100))} fragment F on Chat { a: title }`,
    30,
    100,
  ],
  ['directives in one place', chat('title @include(if: true) @a @b @c @d'), 4, 5],
  ['directives', chat('title @include(if: true) '.repeat(51)), 50, 51],
  ['cost', '{ chats { nodes { lastMessage { text } } } }', 30, 31],
  [
    'cost by a variable’s name',
    'query ($constructor: Int) { chats(first: $constructor) { nodes { lastMessage { text } } } }',
    30,
    31,
  ],
  [
    'cost of a write',
    `mutation { ${Array.from({ length: 30 }, (_, i) => `m${i}: updateChatCrmData(input: { chatId: "c1", data: {} }) { chat { messages(last: 0) { nodes { id } } } }`).join(' ')} }`,
    30,
    60,
  ],
])('too many %s', async (_, document, limit, actual) => {
  for (const accept of ['application/json', 'application/graphql-response+json']) {
    const { status, data, errors } = await started.query(document, { headers: { accept } });
    expect(status).toBe(accept === 'application/json' ? 200 : 400);
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      { message: expect.any(String), extensions: { code: 'QUERY_TOO_COMPLEX', limit, actual } },
    ]);
  }
  expect(started.sandbox.requests).toHaveLength(0);
});

test('what is just within the limits runs', async () => {
  for (const document of [chat(aliases(30)), '{ chats(first: 29) { nodes { lastMessage { text } } } }']) {
    const { data, errors } = await started.query(document);
    expect(errors).toBeUndefined();
    expect(data).toBeTruthy();
  }
  expect(started.sandbox.requests.length).toBeGreaterThan(0);
});
