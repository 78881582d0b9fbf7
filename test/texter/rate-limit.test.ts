import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { chatRequest } from '../../src/texter/endpoints.ts';
import type { TexterError } from '../../src/texter/errors.ts';
import { Operation } from '../../src/texter/operation.ts';
import type { RateLimitPause } from '../../src/texter/rate-limit-pauses.ts';
import { CHAT_ID, failure, openClient, options, TOKEN, until } from './support/client.ts';
import { type Received, startUpstream } from './support/upstream.ts';

const later = { 'retry-after': '1' };

function slowDown(request: Received, headers: Record<string, string> = later): void {
  request.json({ error: 'slow down' }, 429, headers);
}

test('a 429 pauses every caller of its credential, and nobody else', async () => {
  const times: [string, number][] = [];
  await using upstream = await startUpstream((request, index) => {
    times.push([`${request.headers.authorization}`, Date.now()]);
    if (index === 0) slowDown(request);
    else request.json({});
  });
  await using client = openClient(upstream.baseUrl);
  const calls = [client.getChat('a', options)];
  await until(() => upstream.requests.length === 1 && client.inFlight === 0);
  calls.push(client.getChat('b', options), client.getChat('c', options));
  await client.getChat('d', { token: 'theirs' });
  await Promise.all(calls);
  const [told = 0, ...resumed] = times.filter(([name]) => name.endsWith(TOKEN)).map(([, time]) => time);
  expect(resumed).toHaveLength(3);
  for (const time of resumed) expect(time - told).toBeGreaterThanOrEqual(998);
  expect(times[1]?.[0]).toBe('Bearer theirs');
});

test('calls that wait in the queue when a pause begins wait on', async () => {
  await using upstream = await startUpstream((request, index) =>
    index === 0 ? slowDown(request, { 'retry-after': '2' }) : request.json({}),
  );
  await using client = openClient(upstream.baseUrl, { concurrency: 1 });
  const mine = [client.getChat('a', options), client.getChat('b', options)];
  const theirs = client.getChat('c', { token: 'theirs' });
  await theirs;
  expect(upstream.requests.map(({ path }) => path)).toEqual(['/chats/a', '/chats/c']);
  await Promise.all(mine);
  expect(upstream.requests).toHaveLength(4);
});

test.each([
  ['seconds', () => '30'],
  ['a date', () => new Date(Date.now() + 30_400).toUTCString()],
])('whose deadline comes before Retry-After, in %s, is told at once', async (_, retryAfter) => {
  await using upstream = await startUpstream((request) => slowDown(request, { 'retry-after': retryAfter() }));
  await using client = openClient(upstream.baseUrl);
  const deadline = Date.now() + 15_000;
  const told = await failure(client.getChat('a', { ...options, deadline }));
  const kept = await failure(client.updateCrmData('b', {}, 'merge', { ...options, deadline }));
  expect(Date.now()).toBeLessThan(deadline);
  for (const error of [told, kept]) {
    expect(error).toMatchObject({ kind: 'rate-limited', status: 429, sent: false });
    expect(error.retryAfter).toBeGreaterThanOrEqual(25);
    expect(error.retryAfter).toBeLessThanOrEqual(31);
  }
  expect(upstream.requests).toHaveLength(1);
});

test('retryAfter is what Texter said, however long the pause is', async () => {
  await using upstream = await startUpstream((request) => slowDown(request, { 'retry-after': '3600' }));
  await using client = openClient(upstream.baseUrl);
  const call = failure(client.getChat('a', { ...options, deadline: Date.now() + 15_000 }));
  expect(await call).toMatchObject({ kind: 'rate-limited', retryAfter: 3600 });
});

test('of those who joined, who has the time waits and who has not is told', async () => {
  await using upstream = await startUpstream((request, index) =>
    index === 0 ? slowDown(request, { 'retry-after': '2' }) : request.json({}),
  );
  await using client = openClient(upstream.baseUrl);
  const patient = client.getChat(CHAT_ID, options);
  const hurried = failure(client.getChat(CHAT_ID, { ...options, deadline: Date.now() + 1500 }));
  expect(await hurried).toMatchObject({ kind: 'rate-limited' });
  const alsoHurried = failure(client.getChat(CHAT_ID, { ...options, deadline: Date.now() + 100 }));
  expect(await alsoHurried).toMatchObject({ kind: 'rate-limited' });
  expect(await patient).toEqual({});
  expect(upstream.requests).toHaveLength(2);
});

test('a read that is answered 429 again and again is given up after two retries', async () => {
  await using upstream = await startUpstream((request) => slowDown(request, { 'retry-after': '0' }));
  await using client = openClient(upstream.baseUrl);
  expect(await failure(client.getChat('a', options))).toMatchObject({ kind: 'rate-limited', retryAfter: 0 });
  expect(upstream.requests).toHaveLength(3);
});

test('a pause whose end Texter did not name ends with one call, and the others follow its answer', async () => {
  await using upstream = await startUpstream((request, index) => {
    if (index === 0) slowDown(request, {});
    else if (index > 1) request.json({});
  });
  await using client = openClient(upstream.baseUrl);
  const first = client.getChat('a', options);
  await until(() => upstream.requests.length === 1 && client.inFlight === 0);
  const others = ['b', 'c', 'd', 'e'].map((id) => client.getChat(id, options));
  await until(() => upstream.requests.length === 2);
  expect(client.inFlight).toBe(1);
  upstream.requests[1]?.json({});
  await Promise.all([first, ...others]);
  expect(upstream.requests).toHaveLength(6);
});

test('an abort ends the pause for its caller at once', async () => {
  await using upstream = await startUpstream((request) => slowDown(request, { 'retry-after': '50' }));
  await using client = openClient(upstream.baseUrl);
  const caller = new AbortController();
  const call = failure(client.getChat('a', { ...options, signal: caller.signal }));
  await until(() => upstream.requests.length === 1 && client.inFlight === 0);
  caller.abort();
  expect(await call).toMatchObject({ kind: 'aborted' });
});

test('a pause is told to other processes by the hash of its token, and holds there', async () => {
  const told: RateLimitPause[] = [];
  await using upstream = await startUpstream((request, index) =>
    index === 0 ? slowDown(request) : request.json({}),
  );
  await using here = openClient(upstream.baseUrl, {
    observer: { onRateLimitPause: (pause) => told.push(pause) },
  });
  await using there = openClient(upstream.baseUrl);
  const call = here.getChat('a', options);
  await until(() => told.length === 1);
  const [pause] = told;
  const credential = createHash('sha256').update(TOKEN).digest('hex');
  expect(pause).toMatchObject({ credential, named: true });

  there.pause({ credential, retryAt: Date.now() + 40_000, named: true });
  const hurried = failure(there.getChat('b', { ...options, deadline: Date.now() + 10_000 }));
  expect(await hurried).toMatchObject({ kind: 'rate-limited' });
  await there.getChat('c', { token: 'theirs' });
  await call;
  expect(upstream.requests.map(({ path }) => path)).toEqual(['/chats/a', '/chats/c', '/chats/a']);
});

test('a call that begins while the client is closed in a pause is told so', async () => {
  await using upstream = await startUpstream((request) => slowDown(request, { 'retry-after': '30' }));
  const client = openClient(upstream.baseUrl);
  const begun: Promise<TexterError>[] = [];
  client.send(chatRequest('a'), {
    operation: new Operation(options),
    onAnswer() {},
    onError() {
      begun.push(failure(client.getChat('b', options)));
      begun.push(failure(client.updateCrmData('c', {}, 'merge', options)));
    },
  });
  await until(() => upstream.requests.length === 1 && client.inFlight === 0);
  await client.close();
  expect(begun).toHaveLength(2);
  for (const error of await Promise.all(begun)) expect(error.sent).toBe(false);
  await client.writesEnded();
  expect(upstream.requests).toHaveLength(1);
});
