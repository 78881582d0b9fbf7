import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { CHAT_ID, failure, openClient, options, TOKEN } from './support/client.ts';
import { startUpstream } from './support/upstream.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('each method makes its call, with the token and the trace, and decodes the answer', async () => {
  const answers: unknown[] = [
    { success: true, title: 'Dana' },
    { data: [{ _id: CHAT_ID, labels: ['a'], later: 1 }], total: 1 },
    { messages: [{ _id: 'a1', timestamp: 5 }], minTime: 5, maxTime: 5 },
    { success: true, crmData: { a: 1 } },
  ];
  await using upstream = await startUpstream((request, index) => request.json(answers[index]));
  await using client = openClient(upstream.baseUrl);
  let sent = 0;
  const traced = { ...options, traceparent, onSend: () => sent++ };

  expect([
    await client.getChat(CHAT_ID, traced),
    await client.searchChats({ search: 'דנה', labels: ['a', 'b'] }, traced),
    await client.getMessages(CHAT_ID, { limit: 2, before: { time: 7, id: 'b2' } }, traced),
    await client.updateCrmData(CHAT_ID, { a: 1 }, 'assign', traced),
  ]).toEqual(answers);
  expect(upstream.requests.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`)).toEqual([
    `GET /chats/${CHAT_ID}`,
    'GET /chats/search?search=דנה&labels[]=a&labels[]=b',
    `GET /messages/chat/${CHAT_ID}?limit=2&beforeTime=7&beforeId=b2`,
    `POST /chats/${CHAT_ID}/crm-data`,
  ]);
  for (const { headers } of upstream.requests) {
    expect(headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      traceparent,
      accept: 'application/json',
    });
  }
  expect(upstream.requests[3]?.headers['content-type']).toBe('application/json');
  expect(upstream.requests[3]?.body).toBe('{"data":{"a":1},"mergingMode":"assign"}');
  expect(sent).toBe(4);
});

test('connections are kept', async () => {
  await using upstream = await startUpstream((request) => request.json({}));
  await using client = openClient(upstream.baseUrl);
  for (let i = 0; i < 20; i++) await client.getChat(CHAT_ID, options);
  // Two, and not one: an answer is handed on a moment before its connection is free again.
  expect(upstream.maxConnections).toBeLessThanOrEqual(2);
});

test('gzip is asked for and undone', async () => {
  await using upstream = await startUpstream(({ headers, response }) => {
    expect(headers['accept-encoding']).toBe('gzip');
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(gzipSync('{"title":"שלום"}'));
  });
  await using client = openClient(upstream.baseUrl);
  expect(await client.getChat(CHAT_ID, options)).toEqual({ title: 'שלום' });
});

test.each([
  [401, 'unauthenticated', undefined],
  [403, 'forbidden', 'Send session message'],
  [404, 'not-found', undefined],
  [400, 'bad-request', undefined],
  [409, 'bad-request', undefined],
  [422, 'bad-request', undefined],
  [500, 'unavailable', undefined],
  [501, 'unavailable', undefined],
  [302, 'invalid-response', undefined],
  [304, 'invalid-response', undefined],
])('status %d is %s', async (status, kind, requiredScope) => {
  await using upstream = await startUpstream((request) => request.json({ error: 'secret' }, status));
  await using client = openClient(upstream.baseUrl);
  const error = await failure(client.getChat(CHAT_ID, options));
  expect(error).toMatchObject({ kind, status, requiredScope, endpoint: 'chat', sent: true });
  expect(error.message).not.toMatch(/secret|127\.0\.0\.1|token-of/);
  expect(upstream.requests).toHaveLength(1);
});

test('each endpoint names its own scope when the token lacks it', async () => {
  await using upstream = await startUpstream((request) => request.json({}, 403));
  await using client = openClient(upstream.baseUrl);
  const errors = await Promise.all([
    failure(client.getChat(CHAT_ID, options)),
    failure(client.searchChats({}, options)),
    failure(client.getMessages(CHAT_ID, {}, options)),
    failure(client.updateCrmData(CHAT_ID, {}, 'merge', options)),
  ]);
  expect(errors.map((error) => [error.endpoint, error.requiredScope])).toEqual([
    ['chat', 'Send session message'],
    ['search', 'List all chats'],
    ['messages', 'View all chats'],
    ['crm', 'Manage all chats'],
  ]);
});

test.each(['', 'a b', 'a\r\nx-evil: 1', 'a\n', 'tökən', '\u0000'])(
  'the token %j is refused and not sent',
  async (token) => {
    await using upstream = await startUpstream((request) => request.json({}));
    await using client = openClient(upstream.baseUrl);
    const error = await failure(client.getChat(CHAT_ID, { token }));
    expect(error).toMatchObject({ kind: 'unauthenticated', sent: false });
    expect(upstream.connections).toBe(0);
  },
);

test('a trace context that is none is not sent', async () => {
  await using upstream = await startUpstream((request) => request.json({}));
  await using client = openClient(upstream.baseUrl);
  await client.getChat(CHAT_ID, { ...options, traceparent: 'x\r\ny: 1' });
  expect(upstream.requests[0]?.headers).not.toHaveProperty('traceparent');
});

test('an id that is an endpoint never reaches it', async () => {
  await using upstream = await startUpstream((request) => request.json({}));
  await using client = openClient(upstream.baseUrl);
  expect(await failure(client.getChat('Search', options))).toMatchObject({
    kind: 'bad-request',
    sent: false,
  });
  expect(await failure(client.updateCrmData('..', {}, 'merge', options))).toMatchObject({
    kind: 'bad-request',
  });
  expect(upstream.connections).toBe(0);
});

test('what was metered: every answer with its endpoint and status', async () => {
  const seen: unknown[] = [];
  await using upstream = await startUpstream((request, index) => request.json({}, index === 0 ? 200 : 404));
  await using client = openClient(upstream.baseUrl, {
    observer: { onResponse: (endpoint, status) => seen.push([endpoint, status]) },
  });
  await client.getChat(CHAT_ID, options);
  await failure(client.getMessages(CHAT_ID, {}, options));
  expect(seen).toEqual([
    ['chat', 200],
    ['messages', 404],
  ]);
});

test.each([{ concurrency: 0 }, { queueLimit: -1 }, { maxBytes: Number.NaN }, { timeoutMs: 1.5 }])(
  '%j is refused at construction, by name',
  (settings) => {
    expect(() => openClient('http://127.0.0.1', settings)).toThrow(
      new RegExp(`${Object.keys(settings)} must be an integer of at least [01], not `),
    );
  },
);
