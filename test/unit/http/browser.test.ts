import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createGraphiQLPage } from '../../../src/http/graphiql.ts';
import { send, startEdge } from './edge.ts';

const config = { corsOrigins: ['https://app.example.com'], maxBodyBytes: 1000, trustProxy: [] };
const PREFLIGHT = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type',
};

it('lets exactly the listed origins read answers', async () => {
  await using edge = await startEdge({ config });
  const allowed = await send(edge, { headers: { origin: 'https://app.example.com' } });
  expect(allowed.headers).toMatchObject({
    'access-control-allow-origin': 'https://app.example.com',
    'access-control-expose-headers': 'x-request-id, retry-after',
    vary: 'origin',
  });
  expect(allowed.headers).not.toHaveProperty('access-control-allow-credentials');
  for (const origin of [
    'https://app.example.com.evil.org',
    'https://app.example.com:444',
    'http://app.example.com',
    'https://xapp.example.com',
    'null',
  ]) {
    const { headers } = await send(edge, { headers: { origin } });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers.vary).toBe('origin');
  }
});

it('answers preflights without asking who it is, and has them cached', async () => {
  await using edge = await startEdge({
    config,
    authenticate: () => {
      throw new Error('a preflight carries no credential');
    },
  });
  const allowed = await send(edge, {
    method: 'OPTIONS',
    headers: { ...PREFLIGHT, origin: 'https://app.example.com' },
  });
  expect(allowed).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers':
        'content-type, authorization, x-request-id, traceparent, apollo-require-preflight',
      'access-control-max-age': '7200',
    },
  });
  const foreign = await send(edge, {
    method: 'OPTIONS',
    headers: { ...PREFLIGHT, origin: 'https://evil.org' },
  });
  expect(Object.keys(foreign.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it('lets pages of this machine in beside the sandbox', async () => {
  await using edge = await startEdge({ config: { ...config, corsOrigins: 'loopback' } });
  const allows = async (origin: string) =>
    (await send(edge, { headers: { origin } })).headers['access-control-allow-origin'] === origin;
  expect(await allows('http://localhost:5173')).toBe(true);
  expect(await allows('http://127.0.0.1')).toBe(true);
  expect(await allows('https://localhost:5173')).toBe(false);
  expect(await allows('http://localhost.evil.org')).toBe(false);
  expect(await allows('http://localhost:5173.evil.org')).toBe(false);
});

it('lets a page read why its request was refused', async () => {
  await using edge = await startEdge({ config });
  const answer = await send(edge, { headers: { origin: 'https://app.example.com' }, body: ['{'] });
  expect(answer.status).toBe(400);
  expect(answer.headers['access-control-allow-origin']).toBe('https://app.example.com');
});

it.each([
  ['localhost:4000', 200],
  ['127.0.0.1', 200],
  ['127.8.9.1:1', 200],
  ['[::1]:4000', 200],
  ['LOCALHOST', 200],
  ['evil.org', 403],
  ['127.0.0.1.evil.org:4000', 403],
  ['localhost.evil.org', 403],
  ['[::1]evil.org', 403],
  ['10.0.0.1', 403],
])('without authentication on loopback, a Host of %j is %d', async (host, status) => {
  await using edge = await startEdge({ loopbackOnly: true });
  expect((await send(edge, { headers: { host } })).status).toBe(status);
});

const HTML = '<html><style>a{}</style><script>\n"first"</script><script>"second"</script></html>';
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

it('shows GraphiQL to browsers, with nothing but its own scripts allowed and in no frame', async () => {
  let rendered = 0;
  const graphiql = createGraphiQLPage(async () => {
    rendered += 1;
    return HTML;
  });
  await using edge = await startEdge({ graphiql });
  const page = await send(edge, { method: 'GET', headers: BROWSER });
  expect(page).toMatchObject({ status: 200, text: HTML });
  expect(page.headers['x-frame-options']).toBe('DENY');
  const policy = page.headers['content-security-policy'];
  const hash = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  expect(policy).toContain(`script-src ${hash('\n"first"')} ${hash('"second"')};`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");

  const again = await send(edge, {
    method: 'GET',
    headers: { ...BROWSER, 'if-none-match': page.headers.etag ?? '' },
  });
  expect(again).toMatchObject({ status: 304, text: '' });
  const zipped = await fetch(edge.url, { headers: { ...BROWSER, 'accept-encoding': 'gzip' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect(await zipped.text()).toBe(HTML);
  expect(rendered).toBe(1);
});

it('shows no page where GraphiQL is off', async () => {
  await using edge = await startEdge();
  const answer = await send(edge, { method: 'GET', headers: BROWSER });
  expect(answer.status).toBe(400);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
});
