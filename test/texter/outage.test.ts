import { expect, test } from 'vitest';
import { failure, openClient, options, until } from './support/client.ts';
import { startUpstream } from './support/upstream.ts';

const breaker = { minimumCalls: 6, windowMs: 10_000, probeAfterMs: 1500, maxProbeAfterMs: 3000 };

test('an endpoint that fails is left alone, the others are not, and it recovers by itself', async () => {
  let down = true;
  const states: string[] = [];
  await using upstream = await startUpstream((request) => {
    const failing = down && request.path.startsWith('/chats/');
    request.json({ messages: [] }, failing ? 500 : 200);
  });
  await using client = openClient(upstream.baseUrl, {
    breaker,
    observer: { onBreaker: (endpoint, state) => states.push(`${endpoint} ${state}`) },
  });
  for (let i = 0; i < 6; i++) await failure(client.getChat(`a${i}`, options));
  expect(states).toEqual(['chat open']);

  const refused = await Promise.all(
    Array.from({ length: 50 }, (_, i) => failure(client.getChat(`b${i}`, options))),
  );
  for (const error of refused)
    expect(error).toMatchObject({ kind: 'unavailable', status: undefined, sent: false });
  expect(upstream.requests).toHaveLength(6);
  await client.getMessages('a', {}, options);

  down = false;
  await until(() => {
    client.getChat('probe', options).catch(() => {});
    return states.includes('chat closed');
  });
  expect(states).toEqual(['chat open', 'chat half-open', 'chat closed']);
  await client.getChat('c', options);
});

test('while it probes one call goes and the others are answered at once', async () => {
  await using upstream = await startUpstream((request, index) => {
    if (index < 6) request.json({}, 500);
  });
  await using client = openClient(upstream.baseUrl, { breaker });
  for (let i = 0; i < 6; i++) await failure(client.getChat(`a${i}`, options));
  const probes: Promise<unknown>[] = [];
  await until(() => {
    if (upstream.requests.length === 6)
      probes.push(client.getChat(`p${probes.length}`, options).catch(() => 'refused'));
    return upstream.requests.length === 7;
  });
  expect(await failure(client.getChat('other', options))).toMatchObject({ kind: 'unavailable' });
  upstream.requests[6]?.json({ title: 'Dana' });
  expect(await Promise.all(probes)).toContainEqual({ title: 'Dana' });
  expect(upstream.requests).toHaveLength(7);
});

test('slow answers open it, too', async () => {
  const states: string[] = [];
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl, {
    breaker,
    timeoutMs: 50,
    observer: { onBreaker: (_, state) => states.push(state) },
  });
  await Promise.all(Array.from({ length: 6 }, (_, i) => failure(client.getChat(`a${i}`, options))));
  expect(states).toEqual(['open']);
});

test('calls that wait in the queue when it opens are not sent', async () => {
  await using upstream = await startUpstream((request) => request.json({}, 500));
  await using client = openClient(upstream.baseUrl, { breaker, concurrency: 2 });
  const errors = await Promise.all(
    Array.from({ length: 60 }, (_, i) => failure(client.getChat(`a${i}`, options))),
  );
  expect(errors.filter(({ status }) => status === 500)).toHaveLength(upstream.requests.length);
  expect(upstream.requests.length).toBeLessThanOrEqual(8);
  expect([client.inFlight, client.queued]).toEqual([0, 0]);
});
