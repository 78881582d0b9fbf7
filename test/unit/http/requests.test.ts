import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { codeOf, type Sent, send, startEdge } from './edge.ts';

/** All that comes back for these bytes until the connection is closed. */
async function exchange({ port }: { port: number }, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}

const QUERY = '{"query":"{ hello }"}';

it.each<[string, Sent, number]>([
  ['another path', { path: '/graphql/' }, 404],
  ['a path that begins alike', { path: '/graphqlx' }, 404],
  ['a path that ends alike', { method: 'GET', path: '/x/health' }, 404],
  ['another method', { method: 'PUT' }, 405],
  ['OPTIONS that is no preflight', { method: 'OPTIONS' }, 405],
  ['a probe by POST', { path: '/health' }, 405],
  ['no content type', { headers: { 'content-type': '' } }, 415],
  [
    'a form',
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: ['query={hello}'] },
    415,
  ],
  ['a multipart form', { headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 415],
  ['plain text', { headers: { 'content-type': 'text/plain' } }, 415],
  ['a GraphQL document', { headers: { 'content-type': 'application/graphql' }, body: ['{ hello }'] }, 415],
  ['another charset', { headers: { 'content-type': 'application/json; charset=utf-16' } }, 415],
  ['two content types', { headers: { 'content-type': 'application/json, text/plain' } }, 415],
  ['an encoded body', { headers: { 'content-encoding': 'gzip' } }, 415],
  ['an Accept that nothing fits', { headers: { accept: 'multipart/mixed' } }, 406],
  ['an Accept in another charset', { headers: { accept: 'application/json;charset=latin1' } }, 406],
  ['no body', { body: [] }, 400],
  ['malformed JSON', { body: ['{"query":'] }, 400],
  ['JSON that is no object', { body: ['"{ hello }"'] }, 400],
  ['null', { body: ['null'] }, 400],
  ['a batch', { body: [`[${QUERY},${QUERY}]`] }, 400],
  ['bytes that are no UTF-8', { body: ['{"query":"{ hello } #', Buffer.from([0xff]), '"}'] }, 400],
  ['a GET without a preflight header', { method: 'GET', path: '/graphql?query={hello}' }, 400],
  [
    'a GET with malformed variables',
    {
      method: 'GET',
      path: '/graphql?query={hello}&variables={',
      headers: { 'apollo-require-preflight': '1' },
    },
    400,
  ],
  [
    'a body of known length over the limit',
    { headers: { 'content-length': 1001 }, body: ['x'.repeat(1001)] },
    413,
  ],
  ['a chunked body over the limit', { body: Array.from({ length: 11 }, () => 'x'.repeat(100)) }, 413],
])('refuses %s', async (_, sent, status) => {
  await using edge = await startEdge();
  const answer = await send(edge, sent);
  expect(answer.status).toBe(status);
  expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  expect(answer.text).not.toContain('"http"');
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(edge.executed).toEqual([]);
  expect(edge.refusals).toHaveLength(1);
  if (status === 405) expect(answer.headers.allow).toMatch(/^GET, (POST|HEAD)$/);
});

it.each<[string, Sent]>([
  ['a body that fills the limit, in chunks', { body: [QUERY, ...Array(979).fill(' ')] }],
  ['a charset', { headers: { 'content-type': 'application/json; charset=utf-8' } }],
  ['a charset in other letters', { headers: { 'content-type': 'Application/JSON;charset="UTF-8"' } }],
  ['unknown parameters', { body: ['{"query":"{ hello }","id":1,"variables":null}'] }],
  [
    'a GET with Apollo’s header',
    { method: 'GET', path: '/graphql?query={hello}', headers: { 'apollo-require-preflight': '1' } },
  ],
  [
    'a GET with Yoga’s header',
    { method: 'GET', path: '/graphql?query={hello}', headers: { 'x-graphql-yoga-csrf': '1' } },
  ],
])('takes %s', async (_, sent) => {
  await using edge = await startEdge();
  const answer = await send(edge, sent);
  expect(answer).toMatchObject({ status: 200, text: '{"data":{"hello":"hello world"}}' });
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
});

it('keeps the connection for the next request after a refused body', async () => {
  await using edge = await startEdge();
  const socket = connect(edge.port, '127.0.0.1');
  const large = 'x'.repeat(5000);
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n${large}`,
  );
  socket.write('GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += chunk;
  expect(text).toMatch(/^HTTP\/1\.1 413 /);
  expect(text).toContain('HTTP/1.1 200 OK');
});

it('lets go of a client that never stops sending', async () => {
  await using edge = await startEdge();
  const socket = connect(edge.port, '127.0.0.1');
  socket.on('error', () => {}).resume();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
  );
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
  let sent = 0;
  while (!socket.closed && sent < 1000) {
    sent += 1;
    await new Promise((resolve) => socket.write(chunk, resolve));
  }
  await closed;
  expect(sent).toBeLessThan(1000);
});

it('answers what is no HTTP with a request id and an error too', async () => {
  await using edge = await startEdge();
  const text = await exchange(edge, 'HELLO\r\n\r\n');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(head).toMatch(/x-request-id: [0-9a-f-]{36}/);
  expect(JSON.parse(body).errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT' });
});

// node:http answered this by itself, with nothing but a status.
it('answers a request without a Host header with a request id and an error too', async () => {
  await using edge = await startEdge();
  expect(await exchange(edge, 'GET /health HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  const text = await exchange(edge, 'GET /health HTTP/1.1\r\nconnection: close\r\n\r\n');
  expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(text).toMatch(/x-request-id: [0-9a-f-]{36}/);
  expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))).errors[0].extensions).toEqual({
    code: 'BAD_USER_INPUT',
  });
});

it('tells of a defect by the request id alone', async () => {
  const defect = new Error('the database password is 1234');
  await using edge = await startEdge({
    execute: () => {
      throw defect;
    },
  });
  const answer = await send(edge, { headers: { 'x-request-id': 'mine' } });
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.text)).toEqual({
    errors: [
      {
        message: 'Something went wrong here.',
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'mine' },
      },
    ],
  });
  expect(edge.defects).toEqual([defect]);
});
