import { expect, test } from 'vitest';
import { CHAT_ID, failure, openClient, options, until } from './support/client.ts';
import { startRawUpstream, startUpstream } from './support/upstream.ts';

test('equal writes are never joined', async () => {
  await using upstream = await startUpstream((request) => request.json({}));
  await using client = openClient(upstream.baseUrl);
  await Promise.all([1, 2, 3].map(() => client.updateCrmData(CHAT_ID, { a: 1 }, 'merge', options)));
  expect(upstream.requests).toHaveLength(3);
});

test('a write that was sent goes on when its caller leaves', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl);
  const caller = new AbortController();
  const write = failure(client.updateCrmData(CHAT_ID, {}, 'merge', { ...options, signal: caller.signal }));
  const late = failure(client.updateCrmData('b', {}, 'merge', { ...options, deadline: Date.now() + 2000 }));
  await until(() => upstream.requests.length === 2);
  caller.abort();
  expect(await write).toMatchObject({ kind: 'aborted', sent: true });
  expect(await late).toMatchObject({ kind: 'aborted', sent: true });
  expect(upstream.requests.map(({ aborted }) => aborted)).toEqual([false, false]);
  expect(client.inFlight).toBe(2);
  for (const request of upstream.requests) request.json({});
  await until(() => client.inFlight === 0);
  expect(upstream.requests.map(({ aborted }) => aborted)).toEqual([false, false]);
});

// A stop closed the connections under a write whose caller had left, as if nothing were under way.
test('the end of writes is waited for, whoever has left', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl);
  const caller = new AbortController();
  const write = failure(client.updateCrmData(CHAT_ID, {}, 'merge', { ...options, signal: caller.signal }));
  await until(() => upstream.requests.length === 1);
  caller.abort();
  await write;
  let ended = false;
  const ending = client.writesEnded().then(() => {
    ended = true;
  });
  await new Promise(setImmediate);
  expect(ended).toBe(false);
  upstream.requests[0]?.json({});
  await ending;
  await client.writesEnded();
});

test('a write that waits for its turn is taken back when its caller leaves', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl, { concurrency: 1 });
  const read = client.getChat(CHAT_ID, options);
  await until(() => upstream.requests.length === 1);
  const caller = new AbortController();
  const write = failure(client.updateCrmData(CHAT_ID, {}, 'merge', { ...options, signal: caller.signal }));
  await until(() => client.queued === 1);
  caller.abort();
  expect(await write).toMatchObject({ kind: 'aborted', sent: false });
  expect(client.queued).toBe(0);
  upstream.requests[0]?.json({});
  await read;
  expect(upstream.requests.map(({ method }) => method)).toEqual(['GET']);
});

test.each([500, 502, 503, 504])('a write answered %d is not sent again', async (status) => {
  await using upstream = await startUpstream((request) => request.json({}, status));
  await using client = openClient(upstream.baseUrl);
  const error = await failure(client.updateCrmData(CHAT_ID, {}, 'merge', options));
  expect(error).toMatchObject({ kind: 'unavailable', status, sent: true });
  expect(upstream.requests).toHaveLength(1);
});

test('a write whose connection breaks is not sent again', async () => {
  let requests = 0;
  await using upstream = await startRawUpstream((socket) => {
    socket.once('data', () => {
      requests++;
      socket.destroy();
    });
  });
  await using client = openClient(upstream.baseUrl);
  const error = await failure(client.updateCrmData(CHAT_ID, {}, 'merge', options));
  expect(error).toMatchObject({ kind: 'unavailable', sent: true });
  expect(requests).toBe(1);
});

test('a write that gets no answer ends by timeout and may have been applied', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl, { timeoutMs: 1000 });
  const error = await failure(client.updateCrmData(CHAT_ID, {}, 'merge', options));
  expect(error).toMatchObject({ kind: 'timeout', sent: true });
  expect(upstream.requests).toHaveLength(1);
});

test('a write answered 429 was not applied, and is sent again after the pause', async () => {
  await using upstream = await startUpstream((request, index) =>
    index === 0 ? request.json({}, 429, { 'retry-after': '0' }) : request.json({ crmData: { a: 1 } }),
  );
  await using client = openClient(upstream.baseUrl);
  expect(await client.updateCrmData(CHAT_ID, { a: 1 }, 'merge', options)).toEqual({ crmData: { a: 1 } });
  expect(upstream.requests.map(({ body }) => body)).toEqual(Array(2).fill(upstream.requests[0]?.body));
});

test('a write that pauses after a 429 is taken back when its caller leaves', async () => {
  await using upstream = await startUpstream((request) => request.json({}, 429, { 'retry-after': '30' }));
  await using client = openClient(upstream.baseUrl);
  const caller = new AbortController();
  const write = failure(client.updateCrmData(CHAT_ID, {}, 'merge', { ...options, signal: caller.signal }));
  await until(() => upstream.requests.length === 1 && client.inFlight === 0);
  caller.abort();
  expect(await write).toMatchObject({ kind: 'aborted', sent: false });
});
