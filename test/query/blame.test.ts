import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { aChat, aMessage } from '../support/sandbox.ts';

// Texter's 400 is BAD_USER_INPUT where the caller's arguments decided the request, and UPSTREAM_INVALID_RESPONSE where
// the gateway chose what to ask.

const A = 'a'.repeat(24);
const SESSION = 'ab'.repeat(32);
const dataset = [aChat(A, { botState: { id: SESSION } }, [aMessage('aa01', 1_772_000_000_000)])];

test.each([
  ['chat', `{ chat(chatId: "${A}") { title } }`, ['chat'], 'BAD_USER_INPUT'],
  [
    'chat',
    '{ chats { nodes { lastMessage { text } } } }',
    ['chats', 'nodes', 0, 'lastMessage'],
    'UPSTREAM_INVALID_RESPONSE',
  ],
  [
    'messages',
    `{ chat(chatId: "${A}") { messages { nodes { id } } } }`,
    ['chat', 'messages'],
    'BAD_USER_INPUT',
  ],
  [
    'messages',
    '{ chats { nodes { messages { nodes { id } } } } }',
    ['chats', 'nodes', 0, 'messages'],
    'UPSTREAM_INVALID_RESPONSE',
  ],
  [
    'messages',
    `{ chats { nodes { messages(botSessionId: "${SESSION}") { nodes { id } } } } }`,
    ['chats', 'nodes', 0, 'messages'],
    'BAD_USER_INPUT',
  ],
  [
    'messages',
    '{ chats { nodes { botState { messages { nodes { id } } } } } }',
    ['chats', 'nodes', 0, 'botState', 'messages'],
    'UPSTREAM_INVALID_RESPONSE',
  ],
  ['search', '{ chats(filter: { search: "xyz" }) { totalCount } }', ['chats'], 'BAD_USER_INPUT'],
  ['search', `{ chat(chatId: "${A}") { labelIds } }`, ['chat', 'labelIds'], 'UPSTREAM_INVALID_RESPONSE'],
  [
    'search',
    '{ chatByChannel(channel: { name: SMS, accountId: "1", contactId: "22" }) { id } }',
    ['chatByChannel'],
    'BAD_USER_INPUT',
  ],
  [
    'crm',
    `mutation { updateChatCrmData(input: { chatId: "${A}", data: {} }) { chat { id } } }`,
    ['updateChatCrmData'],
    'BAD_USER_INPUT',
  ],
] as const)('a 400 of %s to %s', async (endpoint, document, path, code) => {
  await using gateway = await startGateway({ sandbox: { dataset, faults: [{ endpoint, status: 400 }] } });
  const { errors } = await gateway.query(document);
  expect(errors).toMatchObject([{ path, extensions: { code } }]);
});

test('a bot session whose id Texter would refuse is not the mistake of a caller who named none', async () => {
  const odd = aChat(A, { botState: { id: '3f2a-UPPER' } });
  await using gateway = await startGateway({ sandbox: { dataset: [odd] } });
  const { errors } = await gateway.query(
    `{ chat(chatId: "${A}") { botState { sessionId messages { nodes { id } } } } }`,
  );
  expect(errors).toMatchObject([
    { path: ['chat', 'botState', 'messages'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
  ]);
});

test.each([
  ['unreadCount', 1.5],
  ['unreadCount', 3e9],
  ['updatedAt', '5'],
  ['updatedAt', 'yesterday'],
  ['pendingUpdateTime', 1_772_000_000_000],
  ['labels', 'VIP'],
  ['botState', { id: SESSION, flowVersion: { version: 1.5 } }],
])('%s of %o is the upstream answering wrong, and the path is named', async (field, value) => {
  const odd = aChat(A, { [field]: value } as never, [aMessage('aa01', 1_772_000_000_000)]);
  await using gateway = await startGateway({ sandbox: { dataset: [odd] } });
  const { data, errors } = await gateway.query('{ chats { nodes { chatId } } }');
  expect(data).toEqual({ chats: null });
  expect(errors).toMatchObject([{ path: ['chats'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }]);
  expect(errors?.[0]?.message).toContain(field);
  expect(errors?.[0]?.message).not.toContain('VIP');
});

test('a contact hidden behind 300 others is not reported as missing', async () => {
  const crowd = Array.from({ length: 301 }, (_, index) =>
    aChat(
      index.toString(16).padStart(24, '0'),
      { channelInfo: { name: 'sms', id: `2020${1000 + index}`, accountId: '1' } },
      [aMessage(`bb${index}`, 1_772_000_000_000 + index)],
    ),
  );
  const hidden = aChat(A, { channelInfo: { name: 'sms', id: '2020', accountId: '1' } }, [
    aMessage('aa01', 1),
  ]);
  await using gateway = await startGateway({ sandbox: { dataset: [...crowd, hidden] } });
  const { data, errors } = await gateway.query(
    '{ chatByChannel(channel: { name: SMS, accountId: "1", contactId: "2020" }) { chatId } }',
  );
  expect(data).toEqual({ chatByChannel: null });
  expect(errors).toMatchObject([{ extensions: { code: 'RECORD_UNAVAILABLE' } }]);
  expect(gateway.sandbox.requests).toHaveLength(3);
  const byId = await gateway.query(`{ chat(chatId: "${A}") { title labelIds } }`);
  expect(byId.data).toEqual({ chat: { title: `Contact ${A}`, labelIds: null } });
  expect(byId.errors).toMatchObject([
    { path: ['chat', 'labelIds'], extensions: { code: 'RECORD_UNAVAILABLE' } },
  ]);
});

test('retries are REST calls of the operation, and stop at its budget', async () => {
  await using gateway = await startGateway({
    sandbox: { dataset, faults: [{ endpoint: 'chat', status: 503 }] },
    env: { UPSTREAM_BUDGET: '2' },
  });
  const { errors, extensions } = await gateway.query(`{ chat(chatId: "${A}") { title } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
  expect(extensions.upstream?.calls).toBe(2);
  expect(gateway.sandbox.requests).toHaveLength(2);
});
