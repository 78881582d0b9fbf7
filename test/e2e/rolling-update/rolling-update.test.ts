import { expect, test, vi } from 'vitest';
import { SANDBOX_TOKEN, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';
import { query } from '../support/gateway-over-sandbox.ts';
import { anInbox, INBOX, titleOf } from '../support/inbox.ts';
import { startTcpBalancer } from './tcp-balancer.ts';

const CLIENTS = 6;
const DOCUMENTS = [titleOf('c1'), titleOf('c2'), INBOX];

/** Clients that ask without a break, over connections that they keep, until they are stopped. */
function startLoad(url: string) {
  const problems: unknown[] = [];
  let [stopped, answered] = [false, 0];
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let turn = client; !stopped; turn += 1) {
      const answer = await query(url, DOCUMENTS[turn % DOCUMENTS.length] ?? INBOX).catch(String);
      if (typeof answer === 'string' || answer.status !== 200 || answer.errors) problems.push(answer);
      answered += 1;
    }
  });
  const stop = async () => {
    stopped = true;
    await Promise.all(clients);
  };
  return {
    problems,
    stop,
    [Symbol.asyncDispose]: stop,
    /** Resolves when every client has had the time for a few more answers. */
    async progress() {
      const goal = answered + 5 * CLIENTS;
      await vi.waitFor(() => expect(answered).toBeGreaterThan(goal), { timeout: 20_000 });
    },
  };
}

test('two gateways are replaced in turn under load, and no request fails', async () => {
  await using sandbox = await startSandbox({ dataset: anInbox(10), latencyMs: 50 });
  const start = () =>
    startGatewayProcess({
      TEXTER_BASE_URL: sandbox.url,
      TEXTER_API_TOKEN: SANDBOX_TOKEN,
      AUTH_MODE: 'none',
      // Long enough for the balancer to notice, and for every client to be told on its connection.
      SHUTDOWN_DELAY_MS: '1500',
    });
  await using balancer = await startTcpBalancer();
  await using first = await start();
  await using second = await start();
  await balancer.add(first.url);
  await balancer.add(second.url);
  await using load = startLoad(balancer.url);

  async function replace(old: GatewayProcess): Promise<GatewayProcess> {
    await load.progress();
    const successor = await start();
    await balancer.add(successor.url);
    old.kill('SIGTERM');
    expect(await old.exited).toEqual({ code: 0, signal: null });
    return successor;
  }
  await using third = await replace(first);
  await using fourth = await replace(second);
  await load.progress();
  await load.stop();

  expect(load.problems).toEqual([]);
  for (const { log } of [first, second, third, fourth])
    expect(log.filter(({ msg }) => msg === 'operation').length).toBeGreaterThan(CLIENTS);
}, 120_000);
