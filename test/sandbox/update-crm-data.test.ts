import { expect, test } from 'vitest';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, aMessage, callSandbox } from '../support/sandbox.ts';

// Facts of the documentation page "Update CRM Data".

function write(sandbox: Sandbox, chatId: string, body: unknown): Promise<Response> {
  return callSandbox(sandbox, `/chats/${chatId}/crm-data`, { method: 'POST', body: JSON.stringify(body) });
}

const old = { a: 1, nested: { x: 1, y: 2 }, list: [1, 2, 3] };
const data = { a: 2, b: 3, nested: { x: 9, z: 9 }, list: [7] };

test.each([
  ['replace', data],
  ['assign', { a: 2, b: 3, nested: { x: 9, z: 9 }, list: [7] }],
  ['merge', { a: 2, b: 3, nested: { x: 9, y: 2, z: 9 }, list: [7, 2, 3] }],
  [undefined, { a: 2, b: 3, nested: { x: 9, y: 2, z: 9 }, list: [7, 2, 3] }],
  ['defaults', { a: 1, b: 3, nested: { x: 1, y: 2 }, list: [1, 2, 3] }],
  ['defaultsDeep', { a: 1, b: 3, nested: { x: 1, y: 2, z: 9 }, list: [1, 2, 3] }],
])('mergingMode %s', async (mergingMode, merged) => {
  await using sandbox = await startSandbox({ dataset: [aChat('c1', { crmData: old })] });
  const response = await write(sandbox, 'c1', { data, mergingMode });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ success: true, crmData: merged });
  expect(sandbox.store.get('c1')?.chat.crmData).toEqual(merged);
});

test('replace without data removes crmData, with {} empties it', async () => {
  await using sandbox = await startSandbox({ dataset: [aChat('c1', { crmData: old })] });
  expect(await (await write(sandbox, 'c1', { data: {}, mergingMode: 'replace' })).json()).toHaveProperty(
    'crmData',
    {},
  );
  expect(await (await write(sandbox, 'c1', { mergingMode: 'replace' })).json()).not.toHaveProperty('crmData');
});

test('the answer is the whole chat, labels, lastMessage and personChats included', async () => {
  await using sandbox = await startSandbox();
  const chat = await (await write(sandbox, LANDMARKS.fullChat, { data: {} })).json();
  expect(chat).toMatchObject({ success: true, _id: LANDMARKS.fullChat });
  for (const field of ['labels', 'lastMessage', 'personChats', 'displayName', 'last_message_timestamp'])
    expect(chat).toHaveProperty(field);
  expect(chat).not.toHaveProperty('lastMessageTimestamp');
});

test('a write lasts, and each one moves updatedAt', async () => {
  const chat = aChat('c1', { updatedAt: '2026-01-01T00:00:00.000Z' }, [aMessage('m1', 1)]);
  await using sandbox = await startSandbox({ dataset: [chat], now: Date.parse('2026-02-01T00:00:00Z') });
  const first = await (await write(sandbox, 'c1', { data: { a: 1 } })).json();
  const second = await (await write(sandbox, 'c1', { data: { b: 2 } })).json();
  expect(Date.parse(first.updatedAt)).toBeGreaterThan(Date.parse('2026-01-01T00:00:00Z'));
  expect(Date.parse(second.updatedAt)).toBeGreaterThan(Date.parse(first.updatedAt));
  const found = await (await callSandbox(sandbox, '/chats/search')).json();
  expect(found.data[0].crmData).toEqual({ a: 1, b: 2 });
  sandbox.reset();
  expect(sandbox.store.get('c1')?.chat).not.toHaveProperty('crmData');
});

test.each([{ data: [] }, { data: 'text' }, { data: {}, mergingMode: 'MERGE' }, [], 'text'])(
  '%j is refused with 400',
  async (body) => {
    await using sandbox = await startSandbox({ dataset: [aChat('c1')] });
    expect((await write(sandbox, 'c1', body)).status).toBe(400);
  },
);

test('a body that is no JSON is 400, a chat that does not exist 404', async () => {
  await using sandbox = await startSandbox({ dataset: [aChat('c1')] });
  const broken = await callSandbox(sandbox, '/chats/c1/crm-data', { method: 'POST', body: '{' });
  expect(broken.status).toBe(400);
  expect((await write(sandbox, 'c2', { data: {} })).status).toBe(404);
});

test('__proto__ in the data pollutes nothing', async () => {
  await using sandbox = await startSandbox({ dataset: [aChat('c1', { crmData: {} })] });
  await callSandbox(sandbox, '/chats/c1/crm-data', {
    method: 'POST',
    body: '{"data":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
  });
  expect({}).not.toHaveProperty('polluted');
});
