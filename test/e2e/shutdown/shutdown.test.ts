import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';
import { aChat } from '../../support/sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ dataset: [aChat('chat-1'), aChat('chat-2')] });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const start = (settings: Record<string, string> = {}): Promise<GatewayProcess> =>
  startGatewayProcess({
    TEXTER_BASE_URL: sandbox.url,
    TEXTER_API_TOKEN: SANDBOX_TOKEN,
    AUTH_MODE: 'none',
    ...settings,
  });

async function post(gateway: GatewayProcess, query: string) {
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: answer.status, connection: answer.headers.get('connection'), body: await answer.json() };
}

const TITLE = '{ chat(chatId: "chat-1") { title } }';

const ready = async (gateway: GatewayProcess) => (await fetch(new URL('/ready', gateway.url))).status;

it.each(['SIGTERM', 'SIGINT'] as const)('answers what is under way on %s, then exits 0', async (signal) => {
  await using gateway = await start();
  const release = sandbox.hold();
  const answer = post(gateway, TITLE);
  await sandbox.received(1);

  gateway.kill(signal);
  await gateway.logged({ signal });
  expect(await ready(gateway)).toBe(503);
  release();
  expect(await answer).toEqual({
    status: 200,
    connection: expect.stringMatching(/^(keep-alive|close)$/),
    body: expect.objectContaining({ data: { chat: { title: 'Contact chat-1' } } }),
  });
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
});

it('exits at once when nothing is under way, idle connections or not', async () => {
  await using gateway = await start();
  const agent = new Agent({ keepAlive: true });
  const idle = request(new URL('/health', gateway.url), { agent }).end();
  const [answer] = await once(idle, 'response');
  answer.resume();
  await once(answer, 'end');
  gateway.kill('SIGTERM');
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
  agent.destroy();
});

it('takes requests until the drain ends, and closes each connection after its answer', async () => {
  await using gateway = await start();
  const release = sandbox.hold();
  const first = post(gateway, TITLE);
  await sandbox.received(1);
  gateway.kill('SIGTERM');
  await gateway.logged({ signal: 'SIGTERM' });

  const late = post(gateway, '{ chat(chatId: "chat-2") { title } }');
  await sandbox.received(2);
  release();
  expect(await late).toMatchObject({ status: 200, connection: 'close' });
  await first;
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
});

it('says so at /ready for SHUTDOWN_DELAY_MS before an idle drain ends', async () => {
  await using gateway = await start({ SHUTDOWN_DELAY_MS: '1000' });
  const before = performance.now();
  gateway.kill('SIGTERM');
  await gateway.logged({ signal: 'SIGTERM' });
  expect(await ready(gateway)).toBe(503);
  expect(await post(gateway, TITLE)).toMatchObject({ status: 200 });
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
  expect(performance.now() - before).toBeGreaterThan(990);
});

it('cuts off what outlasts SHUTDOWN_GRACE_MS with OPERATION_TIMEOUT, and exits 1', async () => {
  await using gateway = await start({ SHUTDOWN_GRACE_MS: '300' });
  const release = sandbox.hold();
  const answer = post(gateway, TITLE);
  await sandbox.received(1);
  gateway.kill('SIGTERM');
  expect(await answer).toMatchObject({
    status: 200,
    body: { data: { chat: null }, errors: [{ path: ['chat'], extensions: { code: 'OPERATION_TIMEOUT' } }] },
  });
  expect(await gateway.exited).toEqual({ code: 1, signal: null });
  release();
});

it('says of a write that is cut off that it may have been applied', async () => {
  await using gateway = await start({ SHUTDOWN_GRACE_MS: '300' });
  const release = sandbox.hold();
  const answer = post(
    gateway,
    'mutation { updateChatCrmData(input: { chatId: "chat-1", data: { a: 1 } }) { chat { chatId } } }',
  );
  await sandbox.received(1);
  gateway.kill('SIGTERM');
  expect(await answer).toMatchObject({
    status: 200,
    body: { errors: [{ extensions: { code: 'OPERATION_TIMEOUT', applied: 'unknown' } }] },
  });
  expect(await gateway.exited).toEqual({ code: 1, signal: null });
  release();
});

it.each([
  ['SIGTERM', 'SIGTERM', 143],
  ['SIGTERM', 'SIGINT', 130],
] as const)('ends at once on a second signal (%s, %s)', async (first, second, code) => {
  await using gateway = await start();
  const release = sandbox.hold();
  const answer = post(gateway, TITLE).catch(() => 'cut off');
  await sandbox.received(1);
  gateway.kill(first);
  await gateway.logged({ signal: first });
  gateway.kill(second);
  expect(await gateway.exited).toEqual({ code, signal: null });
  expect(await answer).toBe('cut off');
  release();
});

it('takes a Ctrl-C that npm passes on beside the terminal for one', async () => {
  await using gateway = await start();
  const release = sandbox.hold();
  const answer = post(gateway, TITLE);
  await sandbox.received(1);
  gateway.kill('SIGINT');
  gateway.kill('SIGINT');
  await gateway.logged({ signal: 'SIGINT' });
  release();
  expect(await answer).toMatchObject({ status: 200 });
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
});
