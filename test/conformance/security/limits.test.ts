import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { startLocked, startOpen, WRITE_KEY } from './profiles.ts';

// Limits before execution: the only error, with what was allowed and what came, and no REST call.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startOpen();
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(() => gateway.sandbox.reset());

const refusal = (limit: number, actual: number) => [
  { message: expect.any(String), extensions: { code: 'QUERY_TOO_COMPLEX', limit, actual } },
];

const chat = (fields: string) => `{ chat(chatId: "x") { ${fields} } }`;

describe('an operation that is too complex', () => {
  test.each([
    ['tokens', chat('title '.repeat(2000)), 2000, 2010],
    ['depth', `{ unknown ${'{ a '.repeat(15)}${'}'.repeat(15)} }`, 15, 16],
    ['aliases', chat(Array.from({ length: 31 }, (_, i) => `a${i}: title`).join(' ')), 30, 31],
    ['directives in one place', chat('title @skip(if: false) @a @b @c @d'), 4, 5],
    ['directives', chat('title @include(if: true) '.repeat(51)), 50, 51],
    [
      'aliases of a fragment that is spread a hundred times',
      `${chat('...F '.repeat(100))} fragment F on Chat { t: title }`,
      30,
      100,
    ],
    [
      'cost',
      '{ chats(first: 100) { nodes { lastMessage { text } messages(last: 100) { nodes { chat { messages(last: 100) { nodes { text } } } } } } } }',
      1000,
      20_402,
    ],
  ])('by %s is refused before any REST call', async (_what, document, limit, actual) => {
    const { errors, data, status } = await gateway.query(document);
    expect(errors).toEqual(refusal(limit, actual));
    expect(data).toBeUndefined();
    expect(status).toBe(200);
    expect(gateway.sandbox.requests).toHaveLength(0);
  });

  test('is a bad request to clients of GraphQL over HTTP', async () => {
    const headers = { accept: 'application/graphql-response+json' };
    expect(
      (await gateway.query(chat('...F '.repeat(31).concat('a: title b: title')), {}, headers)).status,
    ).toBe(400);
    const cost =
      '{ chats(first: 100) { nodes { messages(first: 100) { nodes { chat { messages { nodes { id } } } } } } } }';
    expect(await gateway.query(cost, {}, headers)).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
  });

  test('is refused again from what is remembered of the document', async () => {
    const document = chat(Array.from({ length: 31 }, (_, i) => `again${i}: title`).join(' '));
    await gateway.query(document);
    expect((await gateway.query(document)).errors).toEqual(refusal(30, 31));
  });
});

describe('MAX_COST', () => {
  const inbox = '{ chats(first: 30) { nodes { lastMessage { text } } } }';

  test.each([
    ['30', refusal(30, 31)],
    ['31', undefined],
  ])('%s', async (MAX_COST, errors) => {
    await using bounded = await startOpen({ MAX_COST });
    expect((await bounded.query(inbox)).errors).toEqual(errors);
    expect(bounded.sandbox.requests.length > 0).toBe(errors === undefined);
  });

  test('bounds writes too', async () => {
    await using bounded = await startLocked({ MAX_COST: '1' });
    const write = (alias: string) =>
      `${alias}: updateChatCrmData(input: { chatId: "x", data: {} }) { chat { id } }`;
    const { errors } = await bounded.query(
      `mutation { ${write('a')} ${write('b')} }`,
      {},
      {
        authorization: `Bearer ${WRITE_KEY}`,
      },
    );
    expect(errors).toEqual(refusal(1, 2));
    expect(bounded.sandbox.requests).toHaveLength(0);
  });
});

describe('the estimate', () => {
  test('is in the answer where DEBUG_UPSTREAM is on, and nowhere else', async () => {
    expect((await gateway.query('{ chats { nodes { id } } }')).extensions.cost).toEqual({
      estimate: 1,
      limit: 1000,
    });
    await using quiet = await startOpen({ DEBUG_UPSTREAM: 'off' });
    expect((await quiet.query('{ chats { nodes { id } } }')).extensions).toEqual({});
  });
});
