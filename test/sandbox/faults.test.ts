import { request } from 'undici';
import { expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/http/fault.ts';
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, aMessage, callSandbox } from '../support/sandbox.ts';

const dataset = [
  aChat('c1', {}, [aMessage('m1', 1), aMessage('m2', 2)]),
  aChat('c2', {}, [aMessage('m3', 3)]),
];

function start(...faults: Fault[]): Promise<Sandbox> {
  return startSandbox({ dataset, faults });
}

async function statuses(sandbox: Sandbox, path: string, count: number): Promise<number[]> {
  const seen: number[] = [];
  for (let call = 0; call < count; call += 1) seen.push((await callSandbox(sandbox, path)).status);
  return seen;
}

const newest = 'beforeTime=9&beforeId=0';

test.each([400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504])('status %i', async (status) => {
  await using sandbox = await start({ status });
  const response = await callSandbox(sandbox, '/chats/c1');
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ success: false });
});

test('status 204 has no body', async () => {
  await using sandbox = await start({ status: 204 });
  const response = await callSandbox(sandbox, '/chats/c1');
  expect([response.status, await response.text()]).toEqual([204, '']);
});

test('Retry-After in seconds and as a date', async () => {
  await using sandbox = await start({ status: 429, retryAfter: 7 });
  expect((await callSandbox(sandbox, '/chats/c1')).headers.get('retry-after')).toBe('7');
  sandbox.setFaults([{ status: 429, retryAfter: 60, retryAfterForm: 'date' }]);
  const before = Date.now();
  const date = Date.parse((await callSandbox(sandbox, '/chats/c1')).headers.get('retry-after') ?? '');
  expect(date).toBeGreaterThan(before + 50_000);
  expect(date).toBeLessThan(Date.now() + 61_000);
});

test('a refused write has no effect, one whose answer is lost has', async () => {
  await using sandbox = await start({ endpoint: 'crm', status: 503 });
  const write = () =>
    callSandbox(sandbox, '/chats/c1/crm-data', { method: 'POST', body: '{"data":{"a":1}}' });
  expect((await write()).status).toBe(503);
  expect(sandbox.store.get('c1')?.chat.crmData).toBeUndefined();
  sandbox.setFaults([{ endpoint: 'crm', break: 'headers' }]);
  await expect(write()).rejects.toThrow();
  expect(sandbox.store.get('c1')?.chat.crmData).toEqual({ a: 1 });
});

test('rules choose by endpoint and chat, spare the first and strike a number of requests', async () => {
  await using sandbox = await start({ endpoint: 'chat', chatId: 'c1', after: 1, times: 2, status: 503 });
  expect(await statuses(sandbox, '/chats/c2', 2)).toEqual([200, 200]);
  expect(await statuses(sandbox, `/messages/chat/c1?${newest}`, 2)).toEqual([200, 200]);
  expect(await statuses(sandbox, '/chats/c1', 5)).toEqual([200, 503, 503, 200, 200]);
});

test('rules strike with a probability, by the seed', async () => {
  const run = async () => {
    await using sandbox = await start({ probability: 0.5, status: 500 });
    return await statuses(sandbox, '/chats/c1', 20);
  };
  const once = await run();
  expect(new Set(once)).toEqual(new Set([200, 500]));
  expect(await run()).toEqual(once);
});

test('rules strike in a window of time', async () => {
  await using sandbox = await start({ from: 0, until: 60_000, status: 500 });
  expect(await statuses(sandbox, '/chats/c1', 1)).toEqual([500]);
  sandbox.setFaults([{ from: 60_000, status: 500 }]);
  expect(await statuses(sandbox, '/chats/c1', 1)).toEqual([200]);
});

test('latencies of several rules add up, and what is answered was read before the wait', async () => {
  await using sandbox = await start({ latencyMs: 30 }, { endpoint: 'chat', latencyMs: 30 });
  const started = performance.now();
  const answer = callSandbox(sandbox, '/chats/c1');
  await sandbox.received(1);
  sandbox.store.updateChat('c1', (chat) => ({ ...chat, title: 'later' }));
  expect(await (await answer).json()).toHaveProperty('title', 'Contact c1');
  expect(performance.now() - started).toBeGreaterThan(55);
});

test.each(['headers', 'body'] as const)('hang before the %s ends', async (hang) => {
  await using sandbox = await start({ hang });
  const controller = new AbortController();
  const answer = callSandbox(sandbox, '/chats/c1', { signal: controller.signal }).then((response) =>
    response.text(),
  );
  await sandbox.received(1);
  controller.abort();
  await expect(answer).rejects.toThrow('abort');
  await expect.poll(() => sandbox.requests[0]?.aborted).toBe(true);
});

test.each(['headers', 'body'] as const)('break in place of %s', async (place) => {
  await using sandbox = await start({ break: place });
  const answer = callSandbox(sandbox, '/chats/c1').then((response) => response.text());
  await expect(answer).rejects.toThrow();
});

test.each([
  ['html', /^<!doctype html>/],
  ['truncated', /^\{"success":true,(?!.*\}$)/],
  ['empty', /^$/],
  ['failure', /^\{"success":false,/],
  ['wrong-types', /"title":42/],
] as const)('body %s with status 200', async (body, content) => {
  await using sandbox = await start({ body });
  const response = await callSandbox(sandbox, '/chats/c1');
  expect(response.status).toBe(200);
  expect(await response.text()).toMatch(content);
});

test('an HTML page can have an error status', async () => {
  await using sandbox = await start({ status: 502, body: 'html' });
  const response = await callSandbox(sandbox, '/chats/c1');
  expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
});

test('duplicates and no-results change the lists alone', async () => {
  await using sandbox = await start({ body: 'duplicates' });
  const read = async (path: string) => (await callSandbox(sandbox, path)).json();
  const twice = await read(`/messages/chat/c1?${newest}`);
  expect(twice.messages.map(({ _id }: { _id: string }) => _id)).toEqual(['m1', 'm1', 'm2', 'm2']);
  expect((await read('/chats/search')).data).toHaveLength(4);
  sandbox.setFaults([{ body: 'no-results' }]);
  expect(await read(`/messages/chat/c1?${newest}`)).toEqual({ messages: [], minTime: 1, maxTime: 2 });
  expect(await read('/chats/search')).toEqual({ data: [], total: 2 });
});

test('a huge body is right behind its blanks', async () => {
  await using sandbox = await start({ body: 'huge', megabytes: 2 });
  const text = await (await callSandbox(sandbox, '/chats/c1')).text();
  expect(text.length).toBeGreaterThan(2 * 1024 * 1024);
  expect(JSON.parse(text)).toHaveProperty('title', 'Contact c1');
});

test('an endless body ends when the client leaves, and is never held in memory', async () => {
  await using sandbox = await start({ body: 'endless' });
  const { body } = await request(`${sandbox.url}/chats/c1`, {
    headers: { authorization: `Bearer ${SANDBOX_TOKEN}` },
  });
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > 20_000_000) break;
  }
  await expect.poll(() => sandbox.inFlight).toBe(0);
  expect(sandbox.requests[0]?.aborted).toBe(true);
});

test('a redirect leads to another origin, path and query kept', async () => {
  await using sandbox = await start({ redirect: 'http://127.0.0.1:9', endpoint: 'search' });
  const response = await callSandbox(sandbox, '/chats/search?limit=1', { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([
    302,
    'http://127.0.0.1:9/server/api/v2/chats/search?limit=1',
  ]);
  sandbox.setFaults([{ status: 307, redirect: 'http://127.0.0.1:9' }]);
  expect((await callSandbox(sandbox, '/chats/c1', { redirect: 'manual' })).status).toBe(307);
});

test('a sandbox that is down refuses connections, and comes back on the same port', async () => {
  await using sandbox = await start();
  await callSandbox(sandbox, '/chats/c1');
  await sandbox.goDown();
  await expect(request(`${sandbox.url}/chats/c1`)).rejects.toThrow('ECONNREFUSED');
  await sandbox.comeUp();
  expect((await callSandbox(sandbox, '/chats/c1')).status).toBe(200);
});
