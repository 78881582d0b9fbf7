import { expect, test } from 'vitest';
import { CHAT_ID, failure, ofOneOperation, openClient, options, until } from './support/client.ts';
import { startUpstream, type Upstream } from './support/upstream.ts';

/** Answers one request after the other, each as soon as it is there, until `count` were answered. */
async function answerInTurn(upstream: Upstream, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await until(() => upstream.requests.length > i);
    upstream.requests[i]?.json({});
  }
}

test('no more calls than allowed are under way, on no more connections', async () => {
  let [open, most] = [0, 0];
  await using upstream = await startUpstream((request) => {
    most = Math.max(most, ++open);
    setTimeout(() => {
      open--;
      request.json({});
    }, 2);
  });
  await using client = openClient(upstream.baseUrl, { concurrency: 4 });
  await Promise.all(Array.from({ length: 60 }, (_, i) => client.getChat(`a${i}`, options)));
  expect([most, upstream.maxConnections]).toEqual([4, 4]);
  expect([client.inFlight, client.queued]).toEqual([0, 0]);
});

test('a small operation does not wait for a large one that came before it', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl, { concurrency: 2 });
  const [large, small] = [ofOneOperation(), ofOneOperation()];
  const calls = Array.from({ length: 40 }, (_, i) => client.getChat(`large${i}`, large));
  calls.push(client.getChat('small0', small));
  calls.push(client.getChat('small1', small));
  await answerInTurn(upstream, 42);
  await Promise.all(calls);
  const order = upstream.requests.map(({ path }) => path.replace('/chats/', ''));
  expect(order.slice(0, 2)).toEqual(['large0', 'large1']);
  expect(order.indexOf('small0')).toBeLessThan(5);
  expect(order.indexOf('small1')).toBeLessThan(7);
});

test('who joins a call deep in the line of a large operation has a turn of its own', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl, { concurrency: 1 });
  const large = ofOneOperation();
  const calls = Array.from({ length: 30 }, (_, i) => client.getChat(`a${i}`, large));
  calls.push(client.getChat('a29', options));
  await answerInTurn(upstream, 30);
  await Promise.all(calls);
  expect(upstream.requests.map(({ path }) => path).indexOf('/chats/a29')).toBe(2);
  expect(upstream.requests).toHaveLength(30);
  expect(client.queued).toBe(0);
});

test('a full queue refuses at once; what waits inside an operation does not fill it', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl, { concurrency: 2, queueLimit: 3 });
  const large = ofOneOperation();
  const calls = Array.from({ length: 50 }, (_, i) => client.getChat(`a${i}`, large));
  await until(() => upstream.requests.length === 2);
  expect([client.inFlight, client.queued]).toEqual([2, 2]);

  calls.push(client.getChat('small', options));
  await until(() => client.queued === 3);
  const refused = await failure(client.getChat('refused', options));
  expect(refused).toMatchObject({ kind: 'overloaded', sent: false });
  calls.push(client.getChat('inside', large));

  await answerInTurn(upstream, 52);
  await Promise.all(calls);
  expect(upstream.requests.some(({ path }) => path.endsWith('refused'))).toBe(false);
  expect(client.queued).toBe(0);
});

test('without a queue there is only what is under way', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl, { concurrency: 1, queueLimit: 0 });
  const call = client.getChat(CHAT_ID, options);
  await until(() => upstream.requests.length === 1);
  expect(await failure(client.getChat('b', options))).toMatchObject({ kind: 'overloaded' });
  upstream.requests[0]?.json({});
  await call;
});

test('who leaves the queue is never sent, and leaves its place to the next', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl, { concurrency: 1 });
  const caller = new AbortController();
  const first = client.getChat('first', options);
  const leavers = ofOneOperation({ ...options, signal: caller.signal });
  const leaving = ['b', 'c', 'd'].map((id) => failure(client.getChat(id, leavers)));
  const late = failure(client.getChat('late', { ...options, deadline: Date.now() + 50 }));
  const last = client.getChat('last', options);
  await until(() => client.queued > 0 && upstream.requests.length === 1);
  caller.abort();
  for (const error of await Promise.all([...leaving, late])) {
    expect(error).toMatchObject({ kind: 'aborted', sent: false });
  }
  await answerInTurn(upstream, 2);
  await Promise.all([first, last]);
  expect(upstream.requests.map(({ path }) => path)).toEqual(['/chats/first', '/chats/last']);
});

test('a slot is given back whatever comes of the call', async () => {
  await using upstream = await startUpstream((request, index) => {
    const { response } = request;
    if (index % 5 === 0) response.destroy();
    else if (index % 5 === 1) response.end('no json');
    else if (index % 5 === 2) response.writeHead(200, { 'content-length': '9' }).end('{}');
    else if (index % 5 === 3) request.json({}, 500);
  });
  await using client = openClient(upstream.baseUrl, { concurrency: 3, timeoutMs: 100 });
  await Promise.all(
    Array.from({ length: 30 }, (_, i) => failure(client.updateCrmData(`a${i}`, {}, 'merge', options))),
  );
  await until(() => client.inFlight === 0 && client.queued === 0);
});
