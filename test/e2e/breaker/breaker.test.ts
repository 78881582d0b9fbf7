import { expect, test, vi } from 'vitest';
import type { Fault } from '../../../src/sandbox/http/fault.ts';
import { type GatewayOverSandbox, startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox, INBOX, type InboxData, titleOf } from '../support/inbox.ts';

const STATE = 'texter_gateway_breaker_state{endpoint="chat"}';
const unavailable = { errors: [{ path: ['chat'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }] };

/** Fails often enough, all at once, to open the breaker of `chat`. */
async function open({ sandbox, query, gateway }: GatewayOverSandbox, fault: Fault): Promise<void> {
  sandbox.setFaults([{ endpoint: 'chat', ...fault }]);
  await Promise.all(Array.from({ length: 20 }, (_, index) => query(titleOf(`x${index}`))));
  await gateway.logged({ msg: 'circuit breaker', endpoint: 'chat', state: 'open' });
}

test('failures open it: fast answers, no calls, one probe, and it closes by itself', async () => {
  await using started = await startGatewayOverSandbox(
    { REVISION_CACHE_ENTRIES: '0' },
    { dataset: anInbox(3) },
  );
  const { gateway, sandbox, query, metric } = started;
  await open(started, { status: 500 });
  expect(await metric(STATE)).toBe(2);

  // Open: nothing is sent, and the other endpoints go on, so that what they can tell is not lost.
  const sent = sandbox.requests.length;
  expect(await query(titleOf('c1'))).toMatchObject(unavailable);
  expect(sandbox.requests).toHaveLength(sent);
  const { data, errors } = await query<InboxData>(INBOX);
  expect(data.chats.nodes.map(({ chatId }) => chatId)).toEqual(['c1', 'c2', 'c3']);
  expect(errors?.map(({ path }) => path?.at(-1))).toEqual(Array(3).fill('lastMessage'));
  expect(sandbox.requests.slice(sent).map(({ endpoint }) => endpoint)).toEqual(['search']);

  // Half open: Texter is well again, and one call goes to find out.
  sandbox.setFaults([]);
  sandbox.reset();
  const release = sandbox.hold();
  let probe: ReturnType<typeof query> | undefined;
  while (sandbox.requests.length === 0) {
    probe = query(titleOf('c1'));
    await Promise.race([probe, sandbox.received(1)]);
  }
  expect(await metric(STATE)).toBe(1);
  for (const chatId of ['c2', 'c3']) expect(await query(titleOf(chatId))).toMatchObject(unavailable);
  expect(sandbox.requests).toHaveLength(1);

  // Closed.
  release();
  expect(await probe).toMatchObject({ data: { chat: { title: 'Contact c1' } }, errors: undefined });
  await vi.waitFor(async () => expect(await metric(STATE)).toBe(0));
  expect(await query(INBOX)).toMatchObject({ errors: undefined });
  const states = () => gateway.log.filter(({ msg }) => msg === 'circuit breaker').map(({ state }) => state);
  await expect.poll(states).toEqual(['open', 'half-open', 'closed']);
});

test('slow answers open it, too', async () => {
  await using started = await startGatewayOverSandbox({ UPSTREAM_TIMEOUT_MS: '200' });
  const { sandbox, query } = started;
  await open(started, { latencyMs: 20_000 });
  const sent = sandbox.requests.length;
  expect(await query(titleOf('c1'))).toMatchObject(unavailable);
  expect(sandbox.requests).toHaveLength(sent);
});

test.each<[string, Fault]>([
  ['are refusals', { status: 404 }],
  ['make no sense', { body: 'html' }],
])('answers that %s do not', async (_, fault) => {
  await using started = await startGatewayOverSandbox();
  const { gateway, sandbox, query, metric } = started;
  sandbox.setFaults([{ endpoint: 'chat', ...fault }]);
  for (let i = 0; i < 30; i += 1) await query(titleOf(`x${i}`));
  expect(sandbox.requests).toHaveLength(30);
  expect((await metric(STATE)) ?? 0).toBe(0);
  expect(gateway.log.some(({ msg }) => msg === 'circuit breaker')).toBe(false);
});
