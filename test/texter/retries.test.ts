import { expect, test } from 'vitest';
import { CHAT_ID, failure, openClient, options, until } from './support/client.ts';
import { startRawUpstream, startUpstream } from './support/upstream.ts';

const neverOpens = { minimumCalls: Number.POSITIVE_INFINITY };

test.each([502, 503, 504])('a read answered %d is tried again, at most twice', async (status) => {
  const retried: string[] = [];
  await using upstream = await startUpstream((request) => request.json({}, status));
  await using client = openClient(upstream.baseUrl, { observer: { onRetry: (name) => retried.push(name) } });
  let sent = 0;
  const error = await failure(client.getChat(CHAT_ID, { ...options, onSend: () => sent++ }));
  expect(error).toMatchObject({ kind: 'unavailable', status });
  expect([upstream.requests.length, sent, retried]).toEqual([3, 3, ['chat', 'chat']]);
});

test.each([500, 501, 400, 404])('a read answered %d is not tried again', async (status) => {
  await using upstream = await startUpstream((request) => request.json({}, status));
  await using client = openClient(upstream.baseUrl);
  expect(await failure(client.getChat(CHAT_ID, options))).toMatchObject({ status });
  expect(upstream.requests).toHaveLength(1);
});

test('a retry that works is an answer like any other', async () => {
  await using upstream = await startUpstream((request, index) => {
    if (index === 0) request.response.destroy();
    else request.json({ title: 'Dana' }, index === 1 ? 503 : 200);
  });
  await using client = openClient(upstream.baseUrl);
  expect(await client.getChat(CHAT_ID, options)).toEqual({ title: 'Dana' });
  expect(upstream.requests).toHaveLength(3);
});

test('those who joined share the retries, too', async () => {
  await using upstream = await startUpstream((request, index) => request.json({}, index < 2 ? 502 : 200));
  await using client = openClient(upstream.baseUrl);
  await Promise.all(Array.from({ length: 9 }, () => client.getChat(CHAT_ID, options)));
  expect(upstream.requests).toHaveLength(3);
});

test('a connection that an idle server closed costs nobody an error', async () => {
  let requests = 0;
  const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}';
  await using upstream = await startRawUpstream((socket) => {
    // Answers the first request of a connection and drops the connection on the second.
    socket.once('data', () => {
      socket.write(answer);
      socket.once('data', () => {
        requests++;
        socket.destroy();
      });
    });
  });
  await using client = openClient(upstream.baseUrl, { concurrency: 1 });
  for (let i = 0; i < 4; i++) expect(await client.getChat(CHAT_ID, options)).toEqual({});
  expect(requests).toBeGreaterThan(0);
});

test('the Retry-After of a 503 is waited for', async () => {
  await using upstream = await startUpstream((request, index) =>
    index === 0 ? request.json({}, 503, { 'retry-after': '1' }) : request.json({ title: 'Dana' }),
  );
  await using client = openClient(upstream.baseUrl);
  const began = Date.now();
  expect(await client.getChat(CHAT_ID, options)).toEqual({ title: 'Dana' });
  expect(Date.now() - began).toBeGreaterThanOrEqual(999);
});

test('what would pass the deadline is not waited for', async () => {
  await using upstream = await startUpstream((request) => request.json({}, 503, { 'retry-after': '30' }));
  await using client = openClient(upstream.baseUrl);
  const deadline = Date.now() + 20_000;
  expect(await failure(client.getChat(CHAT_ID, { ...options, deadline }))).toMatchObject({ status: 503 });
  expect(Date.now()).toBeLessThan(deadline);
  expect(upstream.requests).toHaveLength(1);
});

test('an abort ends the wait for a retry at once', async () => {
  const retried: string[] = [];
  await using upstream = await startUpstream((request) => request.json({}, 503, { 'retry-after': '30' }));
  await using client = openClient(upstream.baseUrl, { observer: { onRetry: (name) => retried.push(name) } });
  const caller = new AbortController();
  const call = failure(client.getChat(CHAT_ID, { ...options, signal: caller.signal }));
  await until(() => upstream.requests.length === 1 && client.inFlight === 0);
  caller.abort();
  expect(await call).toMatchObject({ kind: 'aborted' });
  expect([upstream.requests.length, retried]).toEqual([1, []]);
});

test('an outage is not amplified: a tenth more calls than reads, or ten', async () => {
  await using upstream = await startUpstream((request) => request.json({}, 503));
  await using few = openClient(upstream.baseUrl, { breaker: neverOpens });
  await Promise.all(Array.from({ length: 40 }, (_, i) => failure(few.getChat(`a${i}`, options))));
  expect(upstream.requests.length).toBe(50);

  await using many = openClient(upstream.baseUrl, { breaker: neverOpens, retryFloor: 0 });
  await Promise.all(Array.from({ length: 400 }, (_, i) => failure(many.getChat(`a${i}`, options))));
  expect(upstream.requests.length - 50).toBeGreaterThan(400);
  expect(upstream.requests.length - 50).toBeLessThanOrEqual(440);
});
