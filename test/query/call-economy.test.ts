import { expect, test } from 'vitest';
import type { SandboxBehaviour } from '../../src/sandbox/behaviour.ts';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { aChat, aMessage, rounds } from '../support/sandbox.ts';

// The ceilings of the call economy, one row each: REST calls and rounds of an operation that knows nothing, and
// calls of the same operation repeated while nothing changed. Counted at the sandbox, not by the gateway.

interface Row {
  readonly operation: string;
  readonly document: string;
  readonly cold: { calls: number; rounds: number };
  readonly steady: { calls: number };
  readonly behaviour?: Partial<SandboxBehaviour>;
}

const id = (chatId: string) => Buffer.from(`Chat:${chatId}`).toString('base64url');
const fifty = Array.from({ length: 50 }, (_, index) => index.toString(16).padStart(24, '0'));

const ROWS: readonly Row[] = [
  {
    operation: 'chats, fields of the search record',
    document: '{ chats(first: 30) { nodes { title labelIds crmData name status botState { node } } } }',
    cold: { calls: 1, rounds: 1 },
    steady: { calls: 1 },
  },
  {
    operation: 'chats plus lastMessage',
    document: '{ chats(first: 30) { nodes { title lastMessage { text } } } }',
    cold: { calls: 31, rounds: 2 },
    steady: { calls: 1 },
  },
  {
    operation: 'the number of chats',
    document: '{ chats(first: 0) { totalCount } }',
    cold: { calls: 1, rounds: 1 },
    steady: { calls: 1 },
  },
  {
    operation: 'chat, fields of the public view',
    document: `{ chat(chatId: "${LANDMARKS.fullChat}") { title status lastMessage { text } botState { sessionId } } }`,
    cold: { calls: 1, rounds: 1 },
    steady: { calls: 1 },
  },
  {
    operation: 'chat plus fields of the full record, WHATSAPP',
    document: `{ chat(chatId: "${LANDMARKS.fullChat}") { title labelIds crmData displayName botState { node } } }`,
    cold: { calls: 2, rounds: 2 },
    steady: { calls: 1 },
  },
  {
    operation: 'chat plus fields of the full record, SMS',
    document: `{ chat(chatId: "${LANDMARKS.sms}") { title labelIds crmData displayName } }`,
    cold: { calls: 2, rounds: 2 },
    steady: { calls: 1 },
  },
  {
    operation: 'chat plus fields of the full record, EMAIL, ids searchable',
    document: `{ chat(chatId: "${LANDMARKS.email}") { title labelIds } }`,
    cold: { calls: 2, rounds: 2 },
    steady: { calls: 1 },
    behaviour: { searchableContacts: 'all' },
  },
  {
    operation: 'chat plus fields of the full record, EMAIL, ids not searchable',
    document: `{ chat(chatId: "${LANDMARKS.email}") { title labelIds } }`,
    cold: { calls: 3, rounds: 3 },
    steady: { calls: 1 },
  },
  {
    operation: 'chat and its newest messages',
    document: `{ chat(chatId: "${LANDMARKS.longThread}") { title messages(last: 50) { nodes { text } } } }`,
    cold: { calls: 2, rounds: 1 },
    steady: { calls: 2 },
  },
  {
    operation: 'chat, its record and its newest messages',
    document: `{ chat(chatId: "${LANDMARKS.longThread}") { labelIds messages(last: 50) { nodes { text } } } }`,
    cold: { calls: 3, rounds: 2 },
    steady: { calls: 2 },
  },
  {
    operation: 'the messages of the session that a chat is in, and the state',
    document: `{ chat(chatId: "${LANDMARKS.fullChat}") { botState { node messages(last: 5) { nodes { text } } } } }`,
    cold: { calls: 3, rounds: 2 },
    steady: { calls: 2 },
  },
  {
    operation: 'chat by its ids alone',
    document: `{ chat(chatId: "${LANDMARKS.fullChat}") { chatId id } }`,
    cold: { calls: 1, rounds: 1 },
    steady: { calls: 1 },
  },
  {
    operation: 'the same chat by aliases and ids',
    document: `{ a: chat(chatId: "${LANDMARKS.fullChat}") { title labelIds }
      b: chat(chatId: "${LANDMARKS.fullChat}") { status crmData }
      c: node(id: "${id(LANDMARKS.fullChat)}") { ... on Chat { title name } }
      d: nodes(ids: ["${id(LANDMARKS.fullChat)}", "${id(LANDMARKS.fullChat)}"]) { ... on Chat { language } } }`,
    cold: { calls: 2, rounds: 2 },
    steady: { calls: 1 },
  },
];

test.each(ROWS)('$operation: $cold.calls calls in $cold.rounds rounds, then $steady.calls', async (row) => {
  await using gateway = await startGateway({
    sandbox: { latencyMs: 20, ...(row.behaviour && { behaviour: row.behaviour }) },
  });
  expect(await costOf(gateway, row.document)).toEqual({ ...row.cold, reported: row.cold });
  const steady = await costOf(gateway, row.document);
  expect(steady.calls).toBe(row.steady.calls);
  expect(steady.reported.calls).toBe(row.steady.calls);
});

test('nodes of fifty chats: fifty calls in one round', async () => {
  const dataset = fifty.map((chatId) => aChat(chatId));
  await using gateway = await startGateway({
    sandbox: { dataset, latencyMs: 20 },
    env: { UPSTREAM_CONCURRENCY: '50' },
  });
  const document = `{ nodes(ids: ${JSON.stringify(fifty.map(id))}) { ... on Chat { title } } }`;
  expect(await costOf(gateway, document)).toEqual({
    calls: 50,
    rounds: 1,
    reported: { calls: 50, rounds: 1 },
  });
  expect((await costOf(gateway, document)).calls).toBe(50);
});

test('chatByChannel: one call for any field of the record, up to two more while others fill the pages', async () => {
  const others = Array.from({ length: 150 }, (_, index) =>
    aChat(
      index.toString(16).padStart(24, '0'),
      {
        channelInfo: { name: 'whatsapp', id: `97250555010${index}`, accountId: '15550199999' },
        last_message_timestamp: 2_000_000 + index,
      },
      [aMessage(`aa${index}`, 2_000_000 + index)],
    ),
  );
  const wanted = aChat(
    'f'.repeat(24),
    { channelInfo: { name: 'whatsapp', id: '9725055501', accountId: '15550199999' } },
    [aMessage('bb', 1_000_000)],
  );
  const document = `{ chatByChannel(channel: { name: WHATSAPP, accountId: "15550199999", contactId: "9725055501" }) {
    chatId labelIds crmData } }`;
  await using gateway = await startGateway({ sandbox: { dataset: [...others, wanted], latencyMs: 5 } });
  expect((await costOf(gateway, document)).calls).toBe(2);
  await using alone = await startGateway({ sandbox: { dataset: [wanted], latencyMs: 5 } });
  expect(await costOf(alone, document)).toEqual({ calls: 1, rounds: 1, reported: { calls: 1, rounds: 1 } });
});

test('a write answers the record and the last message by itself', async () => {
  await using gateway = await startGateway();
  const document = `mutation { updateChatCrmData(input: { chatId: "${LANDMARKS.fullChat}", data: { tier: 1 } }) {
    chat { crmData lastMessage { text } labelIds } } }`;
  expect(await costOf(gateway, document)).toEqual({ calls: 1, rounds: 1, reported: { calls: 1, rounds: 1 } });
});

test('twenty callers that ask the same at the same moment cost as one', async () => {
  await using gateway = await startGateway({ sandbox: { latencyMs: 200 } });
  const document = '{ chats(first: 30) { nodes { title } } }';
  const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.query(document)));
  expect(gateway.sandbox.requests).toHaveLength(1);
  expect(answers.map(({ data }) => data)).toEqual(Array(20).fill(answers[0]?.data));
  expect(answers.map(({ extensions }) => extensions.upstream?.reused).sort()).toEqual([
    0,
    ...Array(19).fill(1),
  ]);
});

async function costOf(gateway: TestGateway, document: string) {
  const before = gateway.sandbox.requests.length;
  const { errors, extensions } = await gateway.query(document);
  expect(errors).toBeUndefined();
  const made = gateway.sandbox.requests.slice(before);
  const { calls = -1, rounds: told = -1 } = extensions.upstream ?? {};
  return { calls: made.length, rounds: rounds(made), reported: { calls, rounds: told } };
}
