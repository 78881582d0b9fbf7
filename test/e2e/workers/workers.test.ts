import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { GatewayProcess, startGatewayProcess } from '../../support/process.ts';
import { aChat } from '../../support/sandbox.ts';

// WEB_CONCURRENCY: several processes behave as one gateway.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ dataset: [aChat('chat-1'), aChat('chat-2')] });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const start = (settings: Record<string, string> = {}): Promise<GatewayProcess> =>
  startGatewayProcess({
    WEB_CONCURRENCY: '2',
    TEXTER_BASE_URL: sandbox.url,
    TEXTER_API_TOKEN: SANDBOX_TOKEN,
    AUTH_MODE: 'none',
    ...settings,
  });

/** On a connection of its own, so that workers take turns. */
async function post(gateway: GatewayProcess, query: string) {
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query }),
  });
  return { status: answer.status, body: await answer.json() };
}

const TITLE = '{ chat(chatId: "chat-1") { title } }';

/** The processes that logged an operation. */
const workersOf = (gateway: GatewayProcess) =>
  new Set(gateway.log.filter(({ requestId }) => requestId !== undefined).map(({ pid }) => pid));

it('serves from every process, says one first line, and sums the metrics', async () => {
  await using gateway = await start();
  expect(gateway.log.filter(({ url }) => url !== undefined)).toHaveLength(1);
  for (let i = 0; i < 6; i++)
    expect(await post(gateway, `query Title ${TITLE}`)).toMatchObject({ status: 200 });
  await expect.poll(() => workersOf(gateway).size).toBe(2);
  expect(workersOf(gateway)).not.toContain(gateway.pid);

  const text = await (await fetch(new URL('/metrics', gateway.url))).text();
  expect(text).toContain('texter_gateway_operations_total{operation="Title",outcome="ok"} 6');
  expect(text).toContain('texter_gateway_upstream_requests_total{endpoint="chat",status="200"} 6');
});

it('divides the REST calls under way among the processes', async () => {
  await using gateway = await start({ UPSTREAM_CONCURRENCY: '2' });
  const release = sandbox.hold();
  const answers = ['chat-1', 'chat-2', 'chat-3', 'chat-4', 'chat-5', 'chat-6'].map((chatId) =>
    post(gateway, `{ chat(chatId: "${chatId}") { title } }`),
  );
  await sandbox.received(2);
  release();
  for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
  expect(sandbox.maxInFlight).toBeLessThanOrEqual(2);
});

it('replaces a worker that dies, and serves all the while', async () => {
  await using gateway = await start();
  while (workersOf(gateway).size === 0) await post(gateway, TITLE);
  const [victim] = workersOf(gateway);
  process.kill(Number(victim), 'SIGKILL');
  await gateway.logged({ worker: Number(victim), signal: 'SIGKILL' });
  // The successor is only starting, and has nothing to add to the sum.
  expect((await fetch(new URL('/metrics', gateway.url))).status).toBe(200);
  for (let i = 0; i < 4; i++) expect(await post(gateway, TITLE)).toMatchObject({ status: 200 });
  const before = workersOf(gateway).size;
  while (workersOf(gateway).size === before) await post(gateway, TITLE);
});

it('tells a worker that comes later of a pause that the others keep', async () => {
  await using gateway = await start({ OPERATION_TIMEOUT_MS: '3000', SHUTDOWN_GRACE_MS: '3000' });
  sandbox.setFaults([{ status: 429, retryAfter: 120 }]);
  await post(gateway, TITLE);
  sandbox.setFaults([]);
  const asked = sandbox.requests.length;
  while (workersOf(gateway).size < 2) await post(gateway, TITLE);
  const [victim] = workersOf(gateway);
  process.kill(Number(victim), 'SIGKILL');
  await gateway.logged({ worker: Number(victim), signal: 'SIGKILL' });
  while (workersOf(gateway).size < 3) await post(gateway, TITLE);
  expect(sandbox.requests.length).toBe(asked);
});

it('shares a pause that Texter asks for', async () => {
  await using gateway = await start({ OPERATION_TIMEOUT_MS: '3000', SHUTDOWN_GRACE_MS: '3000' });
  sandbox.setFaults([{ status: 429, retryAfter: 30 }]);
  const limited = { body: { errors: [{ extensions: { code: 'UPSTREAM_RATE_LIMITED' } }] } };
  expect(await post(gateway, TITLE)).toMatchObject(limited);
  sandbox.setFaults([]);
  const asked = sandbox.requests.length;
  for (let i = 0; i < 4; i++) expect(await post(gateway, TITLE)).toMatchObject(limited);
  await expect.poll(() => workersOf(gateway).size).toBe(2);
  expect(sandbox.requests.length).toBe(asked);
});

it('limits a caller over all processes', async () => {
  await using gateway = await start({ RATE_LIMIT_COST_PER_MINUTE: '3' });
  const statuses: number[] = [];
  for (let i = 0; i < 6; i++) statuses.push((await post(gateway, TITLE)).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
});

it('has one sandbox behind all processes', async () => {
  await using gateway = await startGatewayProcess({ WEB_CONCURRENCY: '2' });
  const query = '{ chats(first: 1) { nodes { id title } } }';
  const answers = await Promise.all([1, 2, 3, 4].map(() => post(gateway, query)));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body.data))).size).toBe(1);
  await expect.poll(() => workersOf(gateway).size).toBe(2);
});

it.each(['SIGTERM', 'SIGINT'] as const)('drains every process on %s, then exits 0', async (signal) => {
  await using gateway = await start();
  const release = sandbox.hold();
  const answers = [post(gateway, TITLE), post(gateway, '{ chat(chatId: "chat-2") { title } }')];
  await sandbox.received(2);
  gateway.kill(signal);
  await gateway.logged({ signal });
  release();
  for (const answer of answers) expect(await answer).toMatchObject({ status: 200 });
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
});

it('ends every process at once on a second signal', async () => {
  await using gateway = await start();
  const release = sandbox.hold();
  const answer = post(gateway, TITLE).catch(() => 'cut off');
  await sandbox.received(1);
  gateway.kill('SIGTERM');
  await gateway.logged({ signal: 'SIGTERM' });
  gateway.kill('SIGTERM');
  expect(await gateway.exited).toEqual({ code: 143, signal: null });
  expect(await answer).toBe('cut off');
  release();
});

it('says once that the port is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  try {
    const gateway = new GatewayProcess({ WEB_CONCURRENCY: '2', PORT: port });
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(gateway.stderr).toEqual([`PORT: ${port} on 127.0.0.1 is in use by another process`]);
  } finally {
    other.close();
  }
});
