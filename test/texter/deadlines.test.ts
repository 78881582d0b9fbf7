import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LeaveSignal } from '../../src/leave-signal.ts';
import { CHAT_ID, failure, openClient, options, until } from './support/client.ts';
import { startRawUpstream, startUpstream } from './support/upstream.ts';

test.each([
  ['before the headers', false],
  ['in the middle of the body', true],
])('an answer that stops %s ends by timeout, once', async (_, headers) => {
  await using upstream = await startUpstream(({ response }) => {
    if (headers) response.writeHead(200).write('{"title":');
  });
  await using client = openClient(upstream.baseUrl, { timeoutMs: 1000 });
  const began = performance.now();
  expect(await failure(client.getChat(CHAT_ID, options))).toMatchObject({ kind: 'timeout', sent: true });
  expect(performance.now() - began).toBeGreaterThanOrEqual(999);
  await until(() => upstream.requests[0]?.aborted === true);
  expect(upstream.requests).toHaveLength(1);
});

test('a body that drips is bounded as a whole, not by the gaps between its bytes', async () => {
  await using upstream = await startUpstream(({ response }) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  });
  await using client = openClient(upstream.baseUrl, { timeoutMs: 300 });
  expect(await failure(client.getChat(CHAT_ID, options))).toMatchObject({ kind: 'timeout' });
});

test('the deadline of the operation ends the wait and the call', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl);
  const deadline = Date.now() + 1000;
  expect(await failure(client.getChat(CHAT_ID, { ...options, deadline }))).toMatchObject({ kind: 'aborted' });
  expect(Date.now()).toBeGreaterThanOrEqual(deadline);
  await until(() => upstream.requests[0]?.aborted === true);
});

test('a deadline that has passed and a caller that has left send nothing', async () => {
  await using upstream = await startUpstream((request) => request.json({}));
  await using client = openClient(upstream.baseUrl);
  const past = { ...options, deadline: Date.now() - 1 };
  const left = { ...options, signal: AbortSignal.abort() };
  for (const late of [past, left]) {
    expect(await failure(client.getChat(CHAT_ID, late))).toMatchObject({ kind: 'aborted', sent: false });
    expect(await failure(client.updateCrmData(CHAT_ID, {}, 'merge', late))).toMatchObject({ sent: false });
  }
  await client.getChat(CHAT_ID, options);
  expect(upstream.requests).toHaveLength(1);
});

test('a deadline as far as numbers go is no deadline', async () => {
  await using upstream = await startUpstream((request) => void setTimeout(() => request.json({}), 50));
  await using client = openClient(upstream.baseUrl);
  await client.getChat(CHAT_ID, { ...options, deadline: Number.MAX_SAFE_INTEGER });
});

test('a caller who leaves ends the call on the wire', async () => {
  const seen: unknown[] = [];
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl, {
    observer: { onResponse: (_, status) => seen.push(status) },
  });
  const caller = new AbortController();
  const call = failure(client.getChat(CHAT_ID, { ...options, signal: caller.signal }));
  await until(() => upstream.requests.length === 1);
  caller.abort();
  expect(await call).toMatchObject({ kind: 'aborted' });
  await until(() => upstream.requests[0]?.aborted === true);
  await until(() => client.inFlight === 0);
  expect(seen).toEqual(['aborted']);
});

test('a call given up before its connection stood is never sent', async () => {
  await using upstream = await startUpstream((request) => request.json({}));
  await using client = openClient(upstream.baseUrl, { concurrency: 1 });
  const caller = new AbortController();
  const call = failure(client.updateCrmData(CHAT_ID, {}, 'merge', { ...options, signal: caller.signal }));
  caller.abort();
  expect(await call).toMatchObject({ kind: 'aborted', sent: false });
  await client.getChat(CHAT_ID, options);
  expect(upstream.requests.map(({ method }) => method)).toEqual(['GET']);
});

test('one signal for many calls neither warns nor leaks', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on('warning', warn);
  await using upstream = await startUpstream((request) => request.json({}));
  await using client = openClient(upstream.baseUrl);
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 40 }, (_, i) => client.getChat(`a${i}`, { ...options, signal })));
  await delay(10);
  process.off('warning', warn);
  expect(warnings).toEqual([]);
});

test('calls that share a signal keep deadlines of their own', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl);
  const caller = new AbortController();
  const call = (id: string, ms: number) =>
    failure(client.getChat(id, { ...options, signal: caller.signal, deadline: Date.now() + ms }));
  const later = call('later', 60_000);
  const other = call('other', 60_000);
  expect((await call('soon', 100)).message).toMatch('deadline');
  await until(() => client.inFlight === 2);
  caller.abort();
  for (const error of await Promise.all([later, other])) expect(error.message).toMatch('left');
});

test('a signal need not be an AbortSignal, and is let go when nobody waits any more', async () => {
  const listeners = new Set<() => void>();
  const signal: LeaveSignal = {
    aborted: false,
    addEventListener: (_, listener) => listeners.add(listener),
    removeEventListener: (_, listener) => listeners.delete(listener),
  };
  await using upstream = await startUpstream((request) => {
    if (upstream.requests.length > 1) request.json({});
  });
  await using client = openClient(upstream.baseUrl);
  const call = failure(client.getChat('waiting', { ...options, signal }));
  await until(() => upstream.requests.length === 1);
  await client.getChat('answered', { ...options, signal });
  expect(listeners.size).toBe(1);
  for (const listener of [...listeners]) listener();
  expect(await call).toMatchObject({ kind: 'aborted' });
  expect(listeners.size).toBe(0);
});

test('a host that takes connections and says nothing ends every call by timeout', async () => {
  await using upstream = await startRawUpstream((socket) => socket.resume());
  await using client = openClient(upstream.baseUrl, { timeoutMs: 150 });
  const calls = Array.from({ length: 40 }, (_, i) => failure(client.getChat(`a${i}`, options)));
  for (const error of await Promise.all(calls)) expect(['timeout', 'unavailable']).toContain(error.kind);
  expect(client.inFlight).toBe(0);
});

test('closing ends every wait', async () => {
  await using upstream = await startUpstream(() => {});
  const client = openClient(upstream.baseUrl, { concurrency: 2 });
  const calls = Array.from({ length: 6 }, (_, i) => failure(client.getChat(`a${i}`, options)));
  const write = failure(client.updateCrmData(CHAT_ID, {}, 'merge', options));
  await until(() => upstream.requests.length === 2);
  await client.close();
  for (const error of await Promise.all([...calls, write])) expect(error.kind).toBe('aborted');
  await until(() => upstream.connections === 0);
});
