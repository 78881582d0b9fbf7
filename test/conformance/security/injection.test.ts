import { asyncProperty, constantFrom, assert as hold, oneof, string } from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../../src/model/global-id.ts';
import type { TestGateway } from '../../support/gateway.ts';
import { startOpen } from './profiles.ts';

// What a caller sends stays in its place: ids, cursors and filters in a URL, CRM data in a body.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startOpen();
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(() => gateway.sandbox.reset());

const codes = async (query: string, variables?: Record<string, unknown>): Promise<(string | undefined)[]> =>
  ((await gateway.query(query, variables)).errors ?? []).map(({ extensions }) => extensions.code);

const HOSTILE_IDS = [
  '',
  '.',
  '..',
  '../search',
  '..%2fsearch',
  '%2e%2e/search',
  'search',
  'Search',
  'assign',
  'x/crm-data',
  'x?limit=1',
  'x#y',
  'x&y',
  'x\\y',
  'x y',
  'x\r\nhost: evil.test',
  'x\0',
  '@evil.test',
  'http://evil.test/',
  'é',
  '__proto__/x',
  'x'.repeat(129),
];

describe('an id', () => {
  test.each(HOSTILE_IDS)('%j reaches no URL', async (id) => {
    const write =
      'mutation ($id: ID!) { updateChatCrmData(input: { chatId: $id, data: {} }) { chat { id } } }';
    const entity = { __typename: 'Chat', chatId: id };
    const node = encodeGlobalId('Chat', id);
    const message = encodeGlobalId('Message', `${id}:1:m`);
    expect(
      await codes('query ($id: ID!) { chat(chatId: $id) { title messages { nodes { id } } } }', { id }),
    ).toEqual(['BAD_USER_INPUT']);
    expect(await codes(write, { id })).toEqual(['BAD_USER_INPUT']);
    expect(await codes('query ($id: ID!) { node(id: $id) { id } }', { id: node })).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect(await codes('query ($id: ID!) { node(id: $id) { id } }', { id: message })).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect(
      await codes('query ($of: [_Any!]!) { _entities(representations: $of) { ... on Chat { title } } }', {
        of: [entity],
      }),
    ).toEqual(['BAD_USER_INPUT']);
    expect(gateway.sandbox.requests).toHaveLength(0);
  });

  test('of a session stays in its parameter, or is refused', async () => {
    const query = 'query ($s: ID) { chat(chatId: "c1") { messages(botSessionId: $s) { nodes { id } } } }';
    await hold(
      asyncProperty(hostileText, async (s) => {
        gateway.sandbox.reset();
        await gateway.query(query, { s });
        for (const request of gateway.sandbox.requests.filter(({ endpoint }) => endpoint === 'messages')) {
          expect(request.path).toBe('/server/api/v2/messages/chat/c1');
          expect(request.query.get('botSessionId')).toBe(s);
          expect([...request.query.keys()].filter((name) => name !== 'limit')).toEqual(['botSessionId']);
        }
      }),
      { numRuns: 50 },
    );
  });
});

const hostileText = oneof(
  string(),
  constantFrom(
    'a&limit=10000',
    'a&channel[name]=sms',
    'a#b',
    'a%26b',
    'a+b',
    '[]',
    'a\r\nb',
    'a\0b',
    '\ud800',
    '=&=&',
  ),
);

describe('a filter', () => {
  test('stays in its parameter, whatever it holds', async () => {
    const query =
      'query ($t: String!, $l: [ID!], $a: ID!) { chats(filter: { search: $t, labelIds: $l, channel: { name: EMAIL, accountId: $a } }) { totalCount } }';
    await hold(
      asyncProperty(hostileText, async (text) => {
        gateway.sandbox.reset();
        await gateway.query(query, { t: text, l: [text], a: text });
        for (const { path, query: sent } of gateway.sandbox.requests) {
          expect(path).toBe('/server/api/v2/chats/search');
          // A lone surrogate has no UTF-8 form; it becomes the replacement character.
          const wellFormed = Buffer.from(text).toString();
          expect([...sent].filter(([name]) => !['limit', 'skip'].includes(name))).toEqual([
            ['search', wellFormed],
            ['channel[name]', 'email'],
            ['channel[accountId]', wellFormed],
            ['labels[]', wellFormed],
          ]);
          expect(sent.getAll('limit')).toHaveLength(1);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a cursor', () => {
  const forged = ['x', '', '{}', 'null', Buffer.from('{"__proto__":{}}').toString('base64url'), '..', 'a&b'];

  test.each(forged)('%j that nobody gave out is refused', async (cursor) => {
    const chats = 'query ($c: String) { chats(first: 1, after: $c) { nodes { id } } }';
    const messages =
      'query ($c: String) { chat(chatId: "c1") { messages(last: 1, before: $c) { nodes { id } } } }';
    expect(await codes(chats, { c: cursor })).toEqual(['BAD_USER_INPUT']);
    expect(gateway.sandbox.requests).toHaveLength(0);
    await gateway.query(messages, { c: cursor });
    expect(gateway.sandbox.requests.map(({ endpoint }) => endpoint)).not.toContain('messages');
  });
});

describe('CRM data', () => {
  const write = async (data: unknown) =>
    codes(
      'mutation ($data: JSONObject!) { updateChatCrmData(input: { chatId: "c1", data: $data }) { chat { id } } }',
      {
        data,
      },
    );
  const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) });
  /** `{"a":"xxx"}` of this many bytes. */
  const sized = (bytes: number) => ({ a: 'x'.repeat(bytes - 8) });

  test.each([
    ['that nests 33 deep', nested(33)],
    ['of 64 KiB and a byte', sized(65_537)],
    ['with a __proto__ key', JSON.parse('{ "__proto__": { "a": 1 } }')],
    ['with a __proto__ key in a list', JSON.parse('{ "a": [{ "__proto__": 1 }] }')],
    ['that is a list', []],
    ['that is a text', 'text'],
    ['that is null', null],
  ])('%s is refused before any call', async (_what, data) => {
    expect(await write(data)).toEqual(['BAD_USER_INPUT']);
    expect(gateway.sandbox.requests).toHaveLength(0);
  });

  test.each([
    ['{ __proto__: { a: 1 } }'],
    ['{ a: { __proto__: 1 } }'],
    [`${'{ a: '.repeat(33)}1${' }'.repeat(33)}`],
  ])('written out as %s is refused too', async (literal) => {
    const document = `mutation { updateChatCrmData(input: { chatId: "c1", data: ${literal} }) { chat { id } } }`;
    expect(await codes(document)).toEqual(['BAD_USER_INPUT']);
    expect(gateway.sandbox.requests).toHaveLength(0);
  });

  test.each([
    ['that nests 32 deep', nested(32)],
    ['of 64 KiB', sized(65_536)],
    ['with a constructor key', { constructor: { prototype: { a: 1 } } }],
  ])('%s is sent as it is', async (_what, data) => {
    await write(data);
    expect(gateway.sandbox.requests).toHaveLength(1);
    expect(JSON.parse(gateway.sandbox.requests[0]?.body ?? '')).toEqual({ data, mergingMode: 'merge' });
  });
});

describe('a header', () => {
  test.each(['a b', 'a\tb', 'é', 'x'.repeat(129), 'a,b'])('request id %j is not taken', async (id) => {
    const { headers } = await gateway.query('{ __typename }', {}, { 'x-request-id': id });
    expect(headers.get('x-request-id')).toMatch(/^[\w.-]{1,128}$/);
    expect(headers.get('x-request-id')).not.toBe(id);
  });

  test('traceparent goes on only as one', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await gateway.query('{ chat(chatId: "c1") { title } }', {}, { traceparent: 'x, y' });
    await gateway.query('{ chat(chatId: "c1") { title } }', {}, { traceparent: `${traceparent}-x` });
    expect(gateway.sandbox.requests.map(({ headers }) => headers.traceparent)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('of the caller’s goes nowhere else', async () => {
    const planted = { cookie: 'planted', 'x-planted': 'planted', 'user-agent': 'planted' };
    await gateway.query('{ chat(chatId: "c1") { title } }', {}, planted);
    expect(gateway.sandbox.requests).toHaveLength(1);
    expect(JSON.stringify(gateway.sandbox.requests[0]?.headers)).not.toContain('planted');
  });
});
