import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';

// What web pages can and cannot do with a gateway.

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

/** fetch would put in a Host of its own. */
function get(url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const req = request(url, { headers });
    req.on('response', async (res) => resolve({ status: res.statusCode ?? 0, body: await text(res) }));
    req.on('error', reject).end();
  });
}

const preflight = (gateway: GatewayProcess, origin: string) =>
  fetch(gateway.url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });

describe('the sandbox', () => {
  let gateway: GatewayProcess;
  beforeAll(async () => {
    gateway = await startGatewayProcess();
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  it('shows GraphiQL, whole and in no frame', async () => {
    const page = await fetch(gateway.url, { headers: BROWSER });
    expect(page.status).toBe(200);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; /);
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(await page.text()).not.toMatch(/<(script|link)[^>]+(src|href)="?https?:/);
  });

  it('refuses a name that was made to resolve to loopback', async () => {
    expect((await get(gateway.url, { ...BROWSER, host: 'rebound.example' })).status).toBe(403);
    expect((await get(new URL('/metrics', gateway.url).href, { host: 'rebound.example' })).status).toBe(403);
    expect((await get(new URL('/ready', gateway.url).href, { host: 'localhost:1' })).status).toBe(200);
  });

  it('lets pages of this machine in, and no others', async () => {
    const local = await preflight(gateway, 'http://localhost:5173');
    expect(local.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(local.headers.get('access-control-max-age')).toBe('7200');
    const foreign = await preflight(gateway, 'https://evil.example');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
    'refuses %s, which a page may send without asking',
    async (type) => {
      const answer = await fetch(gateway.url, {
        method: 'POST',
        headers: { 'content-type': type },
        body: '{"query":"{ __typename }"}',
      });
      expect(answer.status).toBe(415);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    },
  );

  it('runs queries by GET, with a header that a page may not send unasked, and mutations never', async () => {
    const query = encodeURIComponent('{ __typename }');
    const mutation = encodeURIComponent('mutation { __typename }');
    const asked = { 'apollo-require-preflight': 'yes' };
    expect((await fetch(`${gateway.url}?query=${query}`)).status).toBe(400);
    const answer = await fetch(`${gateway.url}?query=${query}`, { headers: asked });
    expect(await answer.json()).toMatchObject({ data: { __typename: 'Query' } });
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    const written = await fetch(`${gateway.url}?query=${mutation}`, { headers: asked });
    expect(written.status).toBe(405);
    expect(await written.json()).not.toHaveProperty('data');
  });
});

it('shows no GraphiQL and lets no page in beside a real project, unless told to', async () => {
  const real = { TEXTER_BASE_URL: 'http://127.0.0.1:9/', AUTH_MODE: 'passthrough' };
  await using closed = await startGatewayProcess(real);
  expect((await fetch(closed.url, { headers: BROWSER })).status).toBe(400);
  expect(
    (await preflight(closed, 'http://localhost:5173')).headers.get('access-control-allow-origin'),
  ).toBeNull();

  await using open = await startGatewayProcess({
    ...real,
    GRAPHIQL: 'on',
    CORS_ORIGINS: 'https://app.example',
  });
  expect((await fetch(open.url, { headers: BROWSER })).status).toBe(200);
  const allowed = await preflight(open, 'https://app.example');
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example');
});
