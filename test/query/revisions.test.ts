import { expect, test, vi } from 'vitest';
import type { ChatStore } from '../../src/sandbox/data/store.ts';
import { SANDBOX_TOKEN } from '../../src/sandbox/sandbox.ts';
import { startGateway } from '../support/gateway.ts';
import { aChat, aMessage } from '../support/sandbox.ts';

const A = 'a'.repeat(24);
const B = 'b'.repeat(24);
const NOON = Date.parse('2026-03-01T12:00:00.000Z');
const WRITE = `mutation ($data: JSONObject!) {
  updateChatCrmData(input: { chatId: "${A}", data: $data }) { chat { crmData } } }`;

const dataset = () => [
  aChat(A, { labels: ['VIP'], crmData: { tier: 'gold' } }, [aMessage('aa01', NOON, { text: 'first' })]),
  aChat(B, { labels: [], channelInfo: { name: 'whatsapp', id: '972505550102', accountId: '15550199999' } }, [
    aMessage('bb01', NOON - 1, { text: 'other' }),
  ]),
];

const INBOX = '{ chats { nodes { chatId lastMessage { text } } } }';

test('what changed upstream is in the next answer, and only what changed is read again', async () => {
  await using gateway = await startGateway({ sandbox: { dataset: dataset() } });
  const { sandbox } = gateway;
  const inbox = async () => {
    const before = sandbox.requests.length;
    const { data } = await gateway.query<{ chats: { nodes: { lastMessage: { text: string } }[] } }>(INBOX);
    return {
      texts: data?.chats.nodes.map((chat) => chat.lastMessage.text),
      calls: sandbox.requests.length - before,
    };
  };
  expect(await inbox()).toEqual({ texts: ['first', 'other'], calls: 3 });
  expect(await inbox()).toEqual({ texts: ['first', 'other'], calls: 1 });
  sandbox.store.addMessage(B, aMessage('bb02', NOON + 1, { text: 'newer' }));
  expect(await inbox()).toEqual({ texts: ['newer', 'first'], calls: 2 });

  const record = `{ chat(chatId: "${A}") { labelIds crmData lastMessage { text } } }`;
  expect((await gateway.query(record)).data).toMatchObject({ chat: { labelIds: ['VIP'] } });
  sandbox.store.updateChat(A, (chat) => ({ ...chat, labels: ['VIP', 'new'], crmData: { tier: 'iron' } }));
  expect((await gateway.query(record)).data).toEqual({
    chat: { labelIds: ['VIP', 'new'], crmData: { tier: 'iron' }, lastMessage: { text: 'first' } },
  });
});

test('a write is seen by later fields of its document, and by the next document', async () => {
  await using gateway = await startGateway({ sandbox: { dataset: dataset() } });
  const read = `{ chat(chatId: "${A}") { crmData } }`;
  expect((await gateway.query(read)).data).toEqual({ chat: { crmData: { tier: 'gold' } } });
  const { data, errors } = await gateway.query(
    `mutation { one: updateChatCrmData(input: { chatId: "${A}", data: { seats: 3 } }) {
        chat { crmData messages(last: 1) { nodes { chat { crmData } } } } }
      two: updateChatCrmData(input: { chatId: "${A}", data: { tier: "iron" }, mergingMode: null }) { chat { crmData } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    one: {
      chat: {
        crmData: { tier: 'gold', seats: 3 },
        messages: { nodes: [{ chat: { crmData: { tier: 'gold', seats: 3 } } }] },
      },
    },
    two: { chat: { crmData: { tier: 'iron', seats: 3 } } },
  });
  expect((await gateway.query(read)).data).toEqual({ chat: { crmData: { tier: 'iron', seats: 3 } } });
});

test('a write evicts what is remembered, even when nothing of the revision would tell', async () => {
  await using gateway = await startGateway({ sandbox: { dataset: dataset() } });
  const { sandbox } = gateway;
  const read = `{ chat(chatId: "${A}") { crmData } }`;
  await gateway.query(read);
  const { updatedAt } = sandbox.store.get(A)?.chat ?? {};
  sandbox.setFaults([{ endpoint: 'crm', break: 'headers' }]);
  const failed = await gateway.query(WRITE, { data: { tier: 'iron' } });
  expect(failed.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', applied: 'unknown' } }]);
  // The write happened; were `updatedAt` not to move with CRM data, only the eviction could tell.
  sandbox.store.updateChat(A, (chat) => ({ ...chat, ...(updatedAt && { updatedAt }), title: 'x' }));
  expect((await gateway.query(read)).data).toEqual({ chat: { crmData: { tier: 'iron' } } });
});

/** Undoes what tells of a write, as if `updatedAt` did not move with CRM data. */
function hideWrite(store: ChatStore, updatedAt: string | undefined): void {
  store.updateChat(A, (chat) => ({ ...chat, ...(updatedAt && { updatedAt }), title: 'x' }));
}

test('a read that was under way during a write is not remembered', async () => {
  await using gateway = await startGateway({ sandbox: { dataset: dataset() } });
  const { sandbox } = gateway;
  const { updatedAt } = sandbox.store.get(A)?.chat ?? {};
  const release = sandbox.hold(({ endpoint }) => endpoint === 'search');
  const reading = gateway.query(`{ chat(chatId: "${A}") { crmData } }`);
  await sandbox.received(2);
  await gateway.query(WRITE, { data: { tier: 'iron' } });
  hideWrite(sandbox.store, updatedAt);
  release();
  expect((await reading).data).toEqual({ chat: { crmData: { tier: 'gold' } } });
  expect((await gateway.query(`{ chat(chatId: "${A}") { crmData } }`)).data).toEqual({
    chat: { crmData: { tier: 'iron' } },
  });
});

test('a write that outlives its caller evicts when it ends', async () => {
  await using gateway = await startGateway({
    sandbox: { dataset: dataset() },
    env: { OPERATION_TIMEOUT_MS: '1000' },
  });
  const { sandbox } = gateway;
  const read = `{ chat(chatId: "${A}") { crmData } }`;
  const release = sandbox.hold(({ endpoint }) => endpoint === 'crm');
  const written = await gateway.query(WRITE, { data: { seats: 1 } });
  expect(written.errors).toMatchObject([{ extensions: { code: 'OPERATION_TIMEOUT', applied: 'unknown' } }]);
  await gateway.query(read);
  const { updatedAt } = sandbox.store.get(A)?.chat ?? {};
  // The sandbox applies a write before it is held; this stands for one that is applied as it ends.
  sandbox.store.updateChat(A, (chat) => ({ ...chat, crmData: { tier: 'iron' } }));
  hideWrite(sandbox.store, updatedAt);
  release();
  await vi.waitFor(
    async () => expect((await gateway.query(read)).data).toEqual({ chat: { crmData: { tier: 'iron' } } }),
    { timeout: 20_000 },
  );
});

test('switched off, nothing is remembered', async () => {
  await using gateway = await startGateway({
    sandbox: { dataset: dataset() },
    env: { REVISION_CACHE_ENTRIES: '0' },
  });
  await gateway.query(INBOX);
  const { extensions } = await gateway.query(INBOX);
  expect(extensions.upstream).toEqual({ calls: 3, rounds: 2, reused: 0 });
});

test('an answer without updatedAt is never kept', async () => {
  const undated = dataset().map(({ chat, thread }) =>
    aChat(chat._id, { ...chat, updatedAt: undefined } as never, thread.slice(0, thread.length)),
  );
  await using gateway = await startGateway({ sandbox: { dataset: undated } });
  await gateway.query(INBOX);
  expect((await gateway.query(INBOX)).extensions.upstream).toEqual({ calls: 3, rounds: 2, reused: 0 });
});

test('errors are not remembered', async () => {
  await using gateway = await startGateway({ sandbox: { dataset: dataset() } });
  gateway.sandbox.setFaults([{ endpoint: 'chat', chatId: B, status: 500 }]);
  const failed = await gateway.query(INBOX);
  expect(failed.data).toEqual({
    chats: {
      nodes: [
        { chatId: A, lastMessage: { text: 'first' } },
        { chatId: B, lastMessage: null },
      ],
    },
  });
  expect(failed.errors).toMatchObject([
    { path: ['chats', 'nodes', 1, 'lastMessage'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
  ]);
  gateway.sandbox.setFaults([]);
  expect((await gateway.query(INBOX)).errors).toBeUndefined();
});

test('callers with different credentials never see one another, under joined reads and revisions', async () => {
  const theirs = dataset().map(({ chat }) =>
    aChat(chat._id, { ...chat, title: 'theirs', labels: ['theirs'] }, [
      aMessage('cc01', NOON, { text: 'theirs' }),
    ]),
  );
  await using gateway = await startGateway({
    env: {
      AUTH_MODE: 'passthrough',
      TEXTER_BASE_URL: 'http://127.0.0.1:1/server/api/v2',
      DEBUG_UPSTREAM: 'on',
    },
    sandbox: {
      latencyMs: 50,
      tokens: { [SANDBOX_TOKEN]: { dataset: dataset() }, 'their-token': { dataset: theirs } },
    },
  });
  const document = `{ chat(chatId: "${A}") { title labelIds lastMessage { text } } chats { nodes { lastMessage { text } } } }`;
  const as = (token: string) => gateway.query(document, {}, { authorization: `Bearer ${token}` });
  const ours = {
    chat: { title: `Contact ${A}`, labelIds: ['VIP'], lastMessage: { text: 'first' } },
    chats: { nodes: [{ lastMessage: { text: 'first' } }, { lastMessage: { text: 'other' } }] },
  };
  const other = {
    chat: { title: 'theirs', labelIds: ['theirs'], lastMessage: { text: 'theirs' } },
    chats: { nodes: [{ lastMessage: { text: 'theirs' } }, { lastMessage: { text: 'theirs' } }] },
  };
  for (let round = 0; round < 3; round += 1) {
    const answers = await Promise.all([
      as(SANDBOX_TOKEN),
      as('their-token'),
      as(SANDBOX_TOKEN),
      as('their-token'),
    ]);
    expect(answers.map(({ data }) => data)).toEqual([ours, other, ours, other]);
  }
  const foreign = await gateway.query(document, {}, { authorization: 'Bearer nobodys' });
  expect(foreign.data).toEqual({ chat: null, chats: null });
  expect(foreign.errors?.map(({ extensions }) => extensions.code)).toEqual([
    'UPSTREAM_UNAUTHENTICATED',
    'UPSTREAM_UNAUTHENTICATED',
  ]);
});

test('an operation over its budget keeps what it read', async () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    aChat(index.toString(16).padStart(24, '0'), {}, [aMessage(`aa${index}`, NOON - index, { text: 'hi' })]),
  );
  await using gateway = await startGateway({ sandbox: { dataset: many }, env: { UPSTREAM_BUDGET: '11' } });
  const { data, errors } = await gateway.query<{ chats: { nodes: { lastMessage: unknown }[] } }>(INBOX);
  expect(data?.chats.nodes.map(({ lastMessage }) => lastMessage !== null)).toEqual([
    ...Array(10).fill(true),
    ...Array(20).fill(false),
  ]);
  expect(errors).toHaveLength(20);
  expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(
    new Set(['UPSTREAM_BUDGET_EXCEEDED']),
  );
  expect(gateway.sandbox.requests).toHaveLength(11);
});
