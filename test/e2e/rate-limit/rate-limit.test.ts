import { expect, test } from 'vitest';
import { SANDBOX_TOKEN, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { startGatewayProcess } from '../../support/process.ts';
import { aChat } from '../../support/sandbox.ts';
import { post } from '../auth/post.ts';

// RATE_LIMIT_COST_PER_MINUTE: what one caller may spend.

const ONE = '{ chat(chatId: "c1") { title } }';
const THREE = '{ chats(first: 2) { nodes { lastMessage { text } } } }';
const dataset = [aChat('c1'), aChat('c2')];

const startLimited = (env: Record<string, string>): Promise<TestGateway> =>
  startGateway({ sandbox: { dataset }, env });

test('the started process answers 429 with Retry-After, and does not touch Texter', async () => {
  await using sandbox = await startSandbox({ dataset });
  await using gateway = await startGatewayProcess({
    TEXTER_BASE_URL: sandbox.url,
    TEXTER_API_TOKEN: SANDBOX_TOKEN,
    AUTH_MODE: 'none',
    RATE_LIMIT_COST_PER_MINUTE: '2',
  });
  for (let i = 0; i < 2; i += 1) expect((await post(gateway.url, ONE)).status).toBe(200);
  const refused = await post(gateway.url, ONE);
  expect(refused.status).toBe(429);
  const retryAfter = Number(refused.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThanOrEqual(1);
  expect(retryAfter).toBeLessThanOrEqual(60);
  expect(refused.body).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: 'RATE_LIMITED', retryAfter } }],
  });
  expect(sandbox.requests).toHaveLength(2);
  // What costs nothing is not limited, and neither is the rest of the server.
  expect((await post(gateway.url, '{ __typename }')).status).toBe(200);
  expect((await fetch(new URL('/ready', gateway.url))).status).toBe(200);
});

test('the estimate is taken before, and what was not used is given back after', async () => {
  await using gateway = await startLimited({ RATE_LIMIT_COST_PER_MINUTE: '7' });
  const twice = '{ a: chat(chatId: "c1") { title } b: chat(chatId: "c1") { title } }';
  // Two points by the estimate, one REST call: six such operations, and the seventh has one point left for two.
  for (let i = 0; i < 6; i += 1) expect((await gateway.query(twice)).status).toBe(200);
  expect((await gateway.query(twice)).status).toBe(429);
  expect((await gateway.query(ONE)).status).toBe(200);
  expect((await gateway.query(ONE)).status).toBe(429);
});

test('operations under way hold their estimates', async () => {
  await using gateway = await startLimited({ RATE_LIMIT_COST_PER_MINUTE: '5' });
  const release = gateway.sandbox.hold();
  const first = gateway.query(THREE);
  await gateway.sandbox.received(1);
  const second = await gateway.query(THREE);
  expect(second.status).toBe(429);
  release();
  expect((await first).status).toBe(200);
});

test('an operation that fails before Texter is asked costs nothing', async () => {
  await using gateway = await startLimited({ RATE_LIMIT_COST_PER_MINUTE: '2' });
  const failing = [
    '{ chat(chatId: "no/id") { title } }',
    '{ chats(first: 100, last: 100) { nodes { id } } }',
    'query ($id: ID!) { chat(chatId: $id) { title } }',
    '{ chatt { id } }',
    '{ chat',
    '{ chats { nodes { lastMessage { text } } } }',
  ];
  for (const query of failing) expect((await gateway.query(query)).errors).toHaveLength(1);
  const statuses = [await gateway.query(ONE), await gateway.query(ONE), await gateway.query(ONE)];
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
});

test('proxies that are trusted tell callers apart by X-Forwarded-For', async () => {
  await using gateway = await startLimited({
    RATE_LIMIT_COST_PER_MINUTE: '1',
    TRUST_PROXY: '127.0.0.1,10.0.0.0/8',
  });
  const from = async (address: string) =>
    (await gateway.query(ONE, {}, { 'x-forwarded-for': address })).status;
  expect(await from('192.0.2.1')).toBe(200);
  expect(await from('192.0.2.2')).toBe(200);
  expect(await from('192.0.2.1, 10.1.2.3')).toBe(429);
  expect(await from('198.51.100.7, 192.0.2.2')).toBe(429);
});

test('without trust X-Forwarded-For buys nothing', async () => {
  await using gateway = await startLimited({ RATE_LIMIT_COST_PER_MINUTE: '1' });
  const from = async (address: string) =>
    (await gateway.query(ONE, {}, { 'x-forwarded-for': address })).status;
  expect([await from('192.0.2.1'), await from('192.0.2.2')]).toEqual([200, 429]);
});

test('invented Texter tokens share the limit of their address; one that Texter took has its own', async () => {
  await using gateway = await startGateway({
    sandbox: { dataset, tokens: { alice: {}, bob: {} } },
    env: {
      TEXTER_BASE_URL: 'https://acme.test',
      AUTH_MODE: 'passthrough',
      RATE_LIMIT_COST_PER_MINUTE: '2',
    },
  });
  const as = async (token: string) => {
    const { status, errors } = await gateway.query(ONE, {}, { authorization: `Bearer ${token}` });
    return [status, errors?.[0]?.extensions.code];
  };
  expect(await as('alice')).toEqual([200, undefined]);
  expect(await as('invented-1')).toEqual([200, 'UPSTREAM_UNAUTHENTICATED']);
  expect(await as('invented-2')).toEqual([429, 'RATE_LIMITED']);
  expect(await as('bob')).toEqual([429, 'RATE_LIMITED']);
  expect(await as('alice')).toEqual([200, undefined]);
  expect(await as('alice')).toEqual([200, undefined]);
  expect(await as('alice')).toEqual([429, 'RATE_LIMITED']);
});
