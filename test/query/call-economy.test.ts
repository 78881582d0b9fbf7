import { expect, test, vi } from 'vitest';
import type { SandboxBehaviour } from '../../src/sandbox/behaviour.ts';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { aChat, aMessage } from '../support/sandbox.ts';

// The ceilings of the call economy, one row each: REST calls and rounds of an operation that knows nothing, and
// calls of the same operation repeated while nothing changed. Counted at the sandbox, not by the gateway.

interface Row {
  readonly operation: string;
  readonly document: string;
  /** REST calls of each round, cold. */
  readonly cold: readonly number[];
  /** REST calls, steady. */
  readonly steady: number;
  readonly behaviour?: Partial<SandboxBehaviour>;
}

const id = (chatId: string) => Buffer.from(`Chat:${chatId}`).toString('base64url');
const fifty = Array.from({ length: 50 }, (_, index) => index.toString(16).padStart(24, '0'));

const ROWS: readonly Row[] = [
  {
    operation: 'chats, fields of the search record',
    document: '{ chats(first: 30) { nodes { title labelIds crmData name status botState { node } } } }',
    cold: [1],
    steady: 1,
  },
  {
    operation: 'chats plus lastMessage',
    document: '{ chats(first: 30) { nodes { title lastMessage { text } } } }',
    cold: [1, 30],
    steady: 1,
  },
  {
    operation: 'the number of chats',
    document: '{ chats(first: 0) { totalCount } }',
    cold: [1],
    steady: 1,
  },
  {
    operation: 'chat, fields of the public view',
    document: `{ chat(chatId: "${LANDMARKS.fullChat}") { title status lastMessage { text } botState { sessionId } } }`,
    cold: [1],
    steady: 1,
  },
  {
    operation: 'chat plus fields of the full record, WHATSAPP',
    document: `{ chat(chatId: "${LANDMARKS.fullChat}") { title labelIds crmData displayName botState { node } } }`,
    cold: [1, 1],
    steady: 1,
  },
  {
    operation: 'chat plus fields of the full record, SMS',
    document: `{ chat(chatId: "${LANDMARKS.sms}") { title labelIds crmData displayName } }`,
    cold: [1, 1],
    steady: 1,
  },
  {
    operation: 'chat plus fields of the full record, EMAIL, ids searchable',
    document: `{ chat(chatId: "${LANDMARKS.email}") { title labelIds } }`,
    cold: [1, 1],
    steady: 1,
    behaviour: { searchableContacts: 'all' },
  },
  {
    operation: 'chat plus fields of the full record, EMAIL, ids not searchable',
    document: `{ chat(chatId: "${LANDMARKS.email}") { title labelIds } }`,
    cold: [1, 1, 1],
    steady: 1,
  },
  {
    operation: 'chat and its newest messages',
    document: `{ chat(chatId: "${LANDMARKS.longThread}") { title messages(last: 50) { nodes { text } } } }`,
    cold: [2],
    steady: 2,
  },
  {
    operation: 'chat, its record and its newest messages',
    document: `{ chat(chatId: "${LANDMARKS.longThread}") { labelIds messages(last: 50) { nodes { text } } } }`,
    cold: [2, 1],
    steady: 2,
  },
  {
    operation: 'the messages of the session that a chat is in, and the state',
    document: `{ chat(chatId: "${LANDMARKS.fullChat}") { botState { node messages(last: 5) { nodes { text } } } } }`,
    cold: [1, 2],
    steady: 2,
  },
  {
    operation: 'chat by its ids alone',
    document: `{ chat(chatId: "${LANDMARKS.fullChat}") { chatId id } }`,
    cold: [1],
    steady: 1,
  },
  {
    operation: 'the same chat by aliases and ids',
    document: `{ a: chat(chatId: "${LANDMARKS.fullChat}") { title labelIds }
      b: chat(chatId: "${LANDMARKS.fullChat}") { status crmData }
      c: node(id: "${id(LANDMARKS.fullChat)}") { ... on Chat { title name } }
      d: nodes(ids: ["${id(LANDMARKS.fullChat)}", "${id(LANDMARKS.fullChat)}"]) { ... on Chat { language } } }`,
    cold: [1, 1],
    steady: 1,
  },
];

test.each(ROWS)(
  '$operation: rounds of $cold calls, then $steady',
  async ({ document, cold, steady, behaviour }) => {
    await using gateway = await startGateway({ sandbox: { ...(behaviour && { behaviour }) } });
    await expectRounds(gateway, document, cold);
    expect(await callsOf(gateway, document)).toBe(steady);
  },
);

test('nodes of fifty chats: fifty calls in one round', async () => {
  const dataset = fifty.map((chatId) => aChat(chatId));
  await using gateway = await startGateway({ sandbox: { dataset }, env: { UPSTREAM_CONCURRENCY: '50' } });
  const document = `{ nodes(ids: ${JSON.stringify(fifty.map(id))}) { ... on Chat { title } } }`;
  await expectRounds(gateway, document, [50]);
  expect(await callsOf(gateway, document)).toBe(50);
});

test('a call that waits for a free connection is of the same round', async () => {
  const dataset = fifty.map((chatId, index) =>
    aChat(chatId, { channelInfo: { name: 'sms', id: `97250555${1000 + index}`, accountId: '15550199999' } }),
  );
  await using gateway = await startGateway({ sandbox: { dataset }, env: { UPSTREAM_CONCURRENCY: '3' } });
  const { extensions } = await gateway.query(
    `{ nodes(ids: ${JSON.stringify(fifty.map(id))}) { ... on Chat { title labelIds } } }`,
  );
  expect(extensions.upstream).toEqual({ calls: 100, rounds: 2, reused: 0 });
});

test('chatByChannel: one call for any field of the record, up to two more while others fill the pages', async () => {
  const others = Array.from({ length: 150 }, (_, index) =>
    aChat(
      index.toString(16).padStart(24, '0'),
      { channelInfo: { name: 'whatsapp', id: `97250555010${index}`, accountId: '15550199999' } },
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
  await using crowded = await startGateway({ sandbox: { dataset: [...others, wanted] } });
  await expectRounds(crowded, document, [1, 1]);
  await using alone = await startGateway({ sandbox: { dataset: [wanted] } });
  await expectRounds(alone, document, [1]);
});

test('a write answers the record and the last message by itself', async () => {
  await using gateway = await startGateway();
  const document = `mutation { updateChatCrmData(input: { chatId: "${LANDMARKS.fullChat}", data: { tier: 1 } }) {
    chat { crmData lastMessage { text } labelIds } } }`;
  await expectRounds(gateway, document, [1]);
});

test('twenty callers that ask the same at the same moment cost as one', async () => {
  await using gateway = await startGateway();
  const release = gateway.sandbox.hold();
  const document = '{ chats(first: 30) { nodes { title } } }';
  const asked = Array.from({ length: 20 }, () => gateway.query(document));
  // The first call is held, so that all twenty are surely there while it is under way.
  await vi.waitFor(
    async () => {
      const reused = await gateway.metrics.registry.getSingleMetric('texter_gateway_reused_total')?.get();
      expect(reused?.values).toMatchObject([{ labels: { by: 'joined' }, value: 19 }]);
    },
    { timeout: 20_000 },
  );
  release();
  const answers = await Promise.all(asked);
  expect(gateway.sandbox.requests).toHaveLength(1);
  expect(answers.map(({ data }) => data)).toEqual(Array(20).fill(answers[0]?.data));
  expect(answers.map(({ extensions }) => extensions.upstream?.reused).sort()).toEqual([
    0,
    ...Array(19).fill(1),
  ]);
});

/** Holds the answers of each round back until all its calls have come: calls that waited for one another never would. */
async function expectRounds(gateway: TestGateway, document: string, calls: readonly number[]): Promise<void> {
  const { sandbox } = gateway;
  let release = sandbox.hold();
  const answered = gateway.query(document);
  let expected = 0;
  for (const count of calls) {
    expected += count;
    await sandbox.received(expected);
    const releaseRound = release;
    release = sandbox.hold();
    releaseRound();
  }
  release();
  const { errors, extensions } = await answered;
  expect(errors).toBeUndefined();
  expect(sandbox.requests).toHaveLength(expected);
  expect(extensions.upstream).toMatchObject({ calls: expected, rounds: calls.length });
}

async function callsOf({ query, sandbox }: TestGateway, document: string): Promise<number> {
  const before = sandbox.requests.length;
  const { errors, extensions } = await query(document);
  expect(errors).toBeUndefined();
  const calls = sandbox.requests.length - before;
  expect(extensions.upstream?.calls).toBe(calls);
  return calls;
}
