import { expect, test } from 'vitest';
import { fingerprint } from '../../src/sandbox/http/request-log.ts';
import { SANDBOX_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, aMessage, callSandbox, rounds } from '../support/sandbox.ts';

const dataset = ['c1', 'c2', 'c3'].map((id) => aChat(id, {}, [aMessage(`m${id}`, 1)]));

test('a request is recorded with what tests ask about', async () => {
  await using sandbox = await startSandbox({ dataset });
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await callSandbox(sandbox, '/chats/search?labels[]=a&labels[]=b', { headers: { traceparent } });
  await callSandbox(sandbox, '/chats/c%31/crm-data', { method: 'POST', body: '{"data":{}}' });
  await expect.poll(() => sandbox.inFlight).toBe(0);
  const [search, crm] = sandbox.requests;
  expect(search).toMatchObject({
    endpoint: 'search',
    method: 'GET',
    path: '/server/api/v2/chats/search',
    credential: fingerprint(SANDBOX_TOKEN),
    status: 200,
    aborted: false,
  });
  expect(search?.query.getAll('labels[]')).toEqual(['a', 'b']);
  expect(search?.headers).toMatchObject({ traceparent });
  expect(search?.headers).not.toHaveProperty('authorization');
  expect(crm).toMatchObject({ endpoint: 'crm', chatId: 'c1', method: 'POST', body: '{"data":{}}' });
});

test('held answers show how many requests are under way at once', async () => {
  await using sandbox = await startSandbox({ dataset });
  const release = sandbox.hold();
  const answers = ['c1', 'c2', 'c3'].map((id) => callSandbox(sandbox, `/chats/${id}`));
  await sandbox.received(3);
  expect(sandbox.inFlight).toBe(3);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([undefined, undefined, undefined]);
  release();
  await Promise.all(answers);
  await callSandbox(sandbox, '/chats/c1');
  await expect.poll(() => sandbox.inFlight).toBe(0);
  expect(sandbox.maxInFlight).toBe(3);
  expect(rounds(sandbox.requests)).toBe(2);
});

test('some answers can be held while others leave', async () => {
  await using sandbox = await startSandbox({ dataset });
  const release = sandbox.hold(({ chatId }) => chatId === 'c1');
  const held = callSandbox(sandbox, '/chats/c1');
  expect((await callSandbox(sandbox, '/chats/c2')).status).toBe(200);
  expect(sandbox.requests.find(({ chatId }) => chatId === 'c1')?.status).toBeUndefined();
  release();
  expect((await held).status).toBe(200);
});

test('reset empties the log', async () => {
  await using sandbox = await startSandbox({ dataset });
  await callSandbox(sandbox, '/chats/c1');
  await expect.poll(() => sandbox.inFlight).toBe(0);
  sandbox.reset();
  expect([sandbox.requests.length, sandbox.maxInFlight]).toEqual([0, 0]);
  const next = sandbox.received(1);
  await callSandbox(sandbox, '/chats/c2');
  await next;
});
