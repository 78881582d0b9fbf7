import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { CHAT_ID, failure, openClient, options, until } from './support/client.ts';
import { closedPort, startRawUpstream, startUpstream } from './support/upstream.ts';

const MIB = 1_048_576;

test.each([
  ['HTML', '<!doctype html><h1>secret</h1>'],
  ['truncated JSON', '{"title":"secret'],
  ['nothing', ''],
  ['a wrong type', '{"title":{"secret":1}}'],
  ['an array', '["secret"]'],
  ['null', 'null'],
  ['success: false', '{"success":false,"error":"secret"}'],
])('%s with status 200 is an invalid response', async (_, body) => {
  await using upstream = await startUpstream(({ response }) => response.end(body));
  await using client = openClient(upstream.baseUrl);
  const error = await failure(client.getChat(CHAT_ID, options));
  expect(error).toMatchObject({ kind: 'invalid-response', status: 200 });
  expect(error.message).not.toContain('secret');
  expect(upstream.requests).toHaveLength(1);
});

test('204 is an invalid response', async () => {
  await using upstream = await startUpstream(({ response }) => response.writeHead(204).end());
  await using client = openClient(upstream.baseUrl);
  expect(await failure(client.getChat(CHAT_ID, options))).toMatchObject({
    kind: 'invalid-response',
    status: 204,
  });
});

test('a redirect is not followed, neither to another host nor to this one', async () => {
  await using other = await startUpstream((request) => request.json({ title: 'other' }));
  await using upstream = await startUpstream(({ response }, index) => {
    response.writeHead(index === 0 ? 307 : 301, { location: index === 0 ? other.baseUrl : '/' }).end();
  });
  await using client = openClient(upstream.baseUrl);
  for (const status of [307, 301]) {
    expect(await failure(client.getChat(CHAT_ID, options))).toMatchObject({
      kind: 'invalid-response',
      status,
    });
  }
  expect(other.connections + other.requests.length).toBe(0);
  expect(upstream.requests).toHaveLength(2);
});

test('keys that would change an object are data', async () => {
  const body = '{"title":"a","__proto__":{"polluted":true},"crmData":{"__proto__":{"polluted":true}}}';
  await using upstream = await startUpstream(({ response }) => response.end(body));
  await using client = openClient(upstream.baseUrl);
  const chat = await client.getChat(CHAT_ID, options);
  expect(chat).not.toHaveProperty('polluted');
  expect(chat.crmData).not.toHaveProperty('polluted');
  expect({}).not.toHaveProperty('polluted');
});

test.each([
  ['at once', { 'content-length': String(9 * MIB) }],
  ['in chunks', {}],
])('a body over 8 MB, %s, is cut off', async (_, headers) => {
  await using upstream = await startUpstream(({ response }) => {
    response.writeHead(200, headers);
    response.end(Buffer.alloc(9 * MIB, ' '));
  });
  await using client = openClient(upstream.baseUrl);
  const error = await failure(client.getChat(CHAT_ID, options));
  expect(error).toMatchObject({ kind: 'invalid-response' });
  expect(error.message).toContain('8388608 bytes');
});

test('a body of just the limit is read', async () => {
  const body = `{"title":"${'x'.repeat(1000)}"}`;
  await using upstream = await startUpstream(({ response }) => response.end(body));
  await using fits = openClient(upstream.baseUrl, { maxBytes: body.length });
  await using small = openClient(upstream.baseUrl, { maxBytes: body.length - 1 });
  expect(await fits.getChat(CHAT_ID, options)).toEqual(JSON.parse(body));
  expect(await failure(small.getChat(CHAT_ID, options))).toMatchObject({ kind: 'invalid-response' });
});

test('a gzip bomb is cut off', async () => {
  const bomb = gzipSync(Buffer.alloc(100 * MIB));
  await using upstream = await startUpstream(({ response }) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  });
  await using client = openClient(upstream.baseUrl);
  expect(await failure(client.getChat(CHAT_ID, options))).toMatchObject({ kind: 'invalid-response' });
});

test('streams that never end leave the memory flat and end by timeout', async () => {
  await using upstream = await startUpstream(({ response }) => {
    response.writeHead(200);
    response.write('[');
    // Single bytes: the dearest stream to hold for what it carries.
    const drip = setInterval(() => {
      for (let i = 0; i < 500; i++) response.write('1');
    }, 1);
    response.on('close', () => clearInterval(drip));
  });
  await using client = openClient(upstream.baseUrl, { timeoutMs: 700 });
  const before = process.memoryUsage();
  const calls = Array.from({ length: 8 }, (_, i) => failure(client.getChat(`a${i}`, options)));
  for (const error of await Promise.all(calls)) expect(error.kind).toBe('timeout');
  const after = process.memoryUsage();
  expect(after.external + after.arrayBuffers - before.external - before.arrayBuffers).toBeLessThan(64 * MIB);
  await until(() => upstream.requests.every(({ aborted }) => aborted));
});

test('an error status with an endless body is told at once', async () => {
  await using upstream = await startUpstream(({ response }) => {
    response.writeHead(404);
    response.write(Buffer.alloc(MIB));
  });
  await using client = openClient(upstream.baseUrl);
  expect(await failure(client.getChat(CHAT_ID, options))).toMatchObject({ kind: 'not-found' });
  await until(() => upstream.requests.every(({ aborted }) => aborted));
});

test.each([
  ['closes before it answers', ''],
  ['speaks something else', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['ends in the middle of the headers', 'HTTP/1.1 200 OK\r\ncontent-le'],
  ['ends in the middle of the body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"title":'],
  ['sends endless headers', `HTTP/1.1 200 OK\r\n${'x-secret: 1\r\n'.repeat(3000)}`],
])('an upstream that %s is unavailable, after two retries', async (_, bytes) => {
  let connections = 0;
  await using upstream = await startRawUpstream((socket) => {
    connections++;
    socket.once('data', () => socket.end(bytes));
  });
  await using client = openClient(upstream.baseUrl);
  const error = await failure(client.getChat(CHAT_ID, options));
  expect(error).toMatchObject({ kind: 'unavailable', status: undefined, sent: true });
  expect(error.message).not.toMatch(/secret|127\.0\.0\.1/);
  expect(inspect(error)).not.toMatch(/secret|token-of/);
  expect(connections).toBe(3);
});

const chatOf = (request: Buffer) => /chats\/(\w+)/.exec(String(request))?.[1] ?? '';
const answerTo = (id: string) => {
  const body = JSON.stringify({ title: id });
  return `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
};

test.each([
  ['at once', (socket: Socket, id: string) => socket.write(answerTo(id) + answerTo('of nobody'))],
  [
    'a moment later',
    (socket: Socket, id: string) => {
      socket.write(answerTo(id));
      // When the answer has been read, and before the next request is sent.
      setImmediate(() => setImmediate(() => socket.write(answerTo('of nobody'))));
    },
  ],
])("an answer too many, %s, is nobody's, whoever waits for the connection", async (_, answer) => {
  await using upstream = await startRawUpstream((socket) => {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => answer(socket, chatOf(bytes)));
  });
  await using client = openClient(upstream.baseUrl, { concurrency: 1, retryFloor: 100 });
  const ids = Array.from({ length: 20 }, (_, i) => `a${i}`);
  const chats = await Promise.all(ids.map((id) => client.getChat(id, options)));
  expect(chats.map(({ title }) => title)).toEqual(ids);
});

test('an upstream that closes without a word after each answer costs a connection each, and no call', async () => {
  const asked: string[] = [];
  await using upstream = await startRawUpstream((socket) => {
    socket.once('data', (bytes) => {
      const id = chatOf(bytes);
      asked.push(id);
      socket.end(answerTo(id));
    });
  });
  await using client = openClient(upstream.baseUrl, { concurrency: 2 });
  const ids = Array.from({ length: 20 }, (_, i) => `a${i}`);
  const chats = await Promise.all(ids.map((id) => client.getChat(id, options)));
  expect(chats.map(({ title }) => title)).toEqual(ids);
  expect(asked).toHaveLength(20);
});

test('a port that nothing listens on is unavailable, and nothing was sent', async () => {
  await using client = openClient(await closedPort());
  const error = await failure(client.updateCrmData(CHAT_ID, {}, 'merge', options));
  expect(error).toMatchObject({ kind: 'unavailable', sent: false });
  expect(error.message).not.toContain('127.0.0.1');
});

test('callers who leave while a connection is being made leave no more of them than there may be', async () => {
  let [open, most] = [0, 0];
  // Takes connections and never shakes hands.
  await using upstream = await startRawUpstream((socket) => {
    most = Math.max(most, ++open);
    socket.on('data', () => {}).on('close', () => open--);
  });
  await using client = openClient(upstream.baseUrl.replace('http:', 'https:'), { concurrency: 2 });
  for (let round = 0; round < 10; round += 1) {
    const leaving = { ...options, deadline: Date.now() + 30 };
    await Promise.all(['a', 'b'].map((id) => failure(client.getChat(`${id}${round}`, leaving))));
  }
  expect(most).toBe(2);
});
