import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { aChat, aMessage } from '../support/sandbox.ts';

// Small requests and odd records that once stopped the process or cost everybody their answer.

const DEEP = 'd'.repeat(24);
const full = LANDMARKS.fullChat;
const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

// Looking ahead followed a fragment at every spread, which doubled the work with each of these.
const fragments = Array.from(
  { length: 60 },
  (_, index) => `fragment F${index} on Chat { ...F${index + 1} ... on Chat { ...F${index + 1} } }`,
).join('\n');
const last = 'fragment F60 on Chat { title }';
const id = Buffer.from(`Chat:${full}`).toString('base64url');

test.each([
  ['chat', `{ at: chat(chatId: "${full}") { ...F0 } }`],
  ['node', `{ at: node(id: "${id}") { ... on Chat { ...F0 } } }`],
  [
    '_entities',
    `{ at: _entities(representations: [{ __typename: "Chat", id: "${id}" }]) { ... on Chat { ...F0 } } }`,
  ],
])('fragments that spread one another twice are followed once, below %s', async (_name, document) => {
  const { data, errors } = await gateway.query(`${document}\n${fragments}\n${last}`);
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data)).toContain('title');
});

// Writing such an answer overflowed the stack: HTTP 500 and no data at all, even after a write.
test('JSON that nests too deep fails by itself, in reads and after a write', async () => {
  const deep = aChat(DEEP, { title: 'deep', crmData: nested(3000) }, [aMessage('aa01', 1_772_000_000_000)]);
  await using odd = await startGateway({ sandbox: { dataset: [deep] } });
  for (let round = 0; round < 2; round += 1) {
    const { status, data, errors } = await odd.query(
      '{ chats { nodes { title crmData lastMessage { text } } } }',
    );
    expect(status).toBe(200);
    expect(data).toEqual({
      chats: { nodes: [{ title: 'deep', crmData: null, lastMessage: { text: 'aa01' } }] },
    });
    expect(errors).toMatchObject([
      { path: ['chats', 'nodes', 0, 'crmData'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
  }
  const single = await odd.query(`{ chat(chatId: "${DEEP}") { labelIds crmData } }`);
  expect(single.errors).toMatchObject([{ path: ['chat', 'crmData'] }]);
});

test('JSON as deep as anybody needs is passed on', async () => {
  const deep = aChat(DEEP, { crmData: nested(400) }, [aMessage('aa01', 1)]);
  await using odd = await startGateway({ sandbox: { dataset: [deep] } });
  const { data, errors } = await odd.query('{ chats { nodes { crmData } } }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({ chats: { nodes: [{ crmData: nested(400) }] } });
});

const WRITE =
  'mutation ($data: JSONObject!) { updateChatCrmData(input: { chatId: "x1", data: $data }) { chat { id } } }';

test.each([
  ['a long list', Array(5000).fill('long')],
  ['a deep list', JSON.parse('['.repeat(2000) + ']'.repeat(2000))],
  ['what cannot be printed', [{ toString: 5 }]],
])('a variable that is %s instead of an object is refused without being repeated', async (_name, data) => {
  const { errors } = await gateway.query(WRITE, { data });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(errors?.[0]?.message.length).toBeLessThan(320);
  expect(errors?.[0]?.message).not.toMatch(/stack|primitive/);
});

test.each(['1e999', '12345678901234567890'])(
  'CRM data with the number %s are refused, not changed',
  async (number) => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{ "query": ${JSON.stringify(WRITE)}, "variables": { "data": { "n": ${number} } } }`,
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  },
);

test('a name longer than any real one is not kept in the metrics', async () => {
  await gateway.query(`query ${'N'.repeat(5000)} { __typename }`);
  expect(await gateway.metrics.text()).not.toContain('NNNNN');
});
