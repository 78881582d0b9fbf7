import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type GatewayOverSandbox, startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox, INBOX, titleOf, writeTo } from '../support/inbox.ts';

let started: GatewayOverSandbox;
beforeAll(async () => {
  started = await startGatewayOverSandbox(
    { UPSTREAM_CONCURRENCY: '4', REVISION_CACHE_ENTRIES: '0' },
    { dataset: anInbox(20) },
  );
});
afterAll(() => started[Symbol.asyncDispose]());
beforeEach(() => started.sandbox.reset());

/** A client that can leave; `left` resolves when the gateway has done with it. */
function ask(document: string) {
  const client = new AbortController();
  const requestId = randomUUID();
  const answer = started
    .query(document, { signal: client.signal, headers: { 'x-request-id': requestId } })
    .catch(() => undefined);
  return {
    async left() {
      client.abort();
      expect(await answer).toBeUndefined();
      await started.gateway.logged({ requestId });
    },
  };
}

const idle = () =>
  vi.waitFor(
    async () => {
      expect(await started.metric('texter_gateway_upstream_in_flight')).toBe(0);
      expect(await started.metric('texter_gateway_upstream_queued')).toBe(0);
    },
    { timeout: 20_000 },
  );

test('a client that leaves ends its calls, those under way and those that wait', async () => {
  const { sandbox } = started;
  const release = sandbox.hold(({ endpoint }) => endpoint === 'chat');
  const client = ask(INBOX);
  await sandbox.received(5);
  await client.left();
  // While everything is still held: it is the leaving that ends them.
  await vi.waitFor(() =>
    expect(sandbox.requests.slice(1).map(({ aborted }) => aborted)).toEqual(Array(4).fill(true)),
  );
  await idle();
  release();
  expect(await started.query(titleOf('c1'))).toMatchObject({ errors: undefined });
  // The sixteen chats that waited were never asked for.
  expect(sandbox.requests).toHaveLength(6);
});

test('but not a call that another client waits for', async () => {
  const { sandbox, query, metric } = started;
  const release = sandbox.hold();
  const client = ask(titleOf('c1'));
  await sandbox.received(1);
  const joined = (await metric('texter_gateway_reused_total{by="joined"}')) ?? 0;
  const other = query(titleOf('c1'));
  await vi.waitFor(async () =>
    expect(await metric('texter_gateway_reused_total{by="joined"}')).toBe(joined + 1),
  );
  await client.left();
  release();
  expect(await other).toMatchObject({ data: { chat: { title: 'Contact c1' } }, errors: undefined });
  expect(sandbox.requests).toMatchObject([{ status: 200, aborted: false }]);
});

test('and never a write', async () => {
  const { sandbox } = started;
  const release = sandbox.hold();
  const client = ask(writeTo('c1'));
  await sandbox.received(1);
  await client.left();
  release();
  await vi.waitFor(() => expect(sandbox.requests[0]).toMatchObject({ status: 200, aborted: false }));
  expect(sandbox.store.get('c1')?.chat.crmData).toEqual({ tier: 'gold' });
});
