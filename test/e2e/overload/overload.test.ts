import { expect, test, vi } from 'vitest';
import { startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox, INBOX, titleOf } from '../support/inbox.ts';

const QUEUED = 'texter_gateway_upstream_queued';
const IN_FLIGHT = 'texter_gateway_upstream_in_flight';

test('behind UPSTREAM_CONCURRENCY calls UPSTREAM_QUEUE wait; the next is refused at once', async () => {
  await using started = await startGatewayOverSandbox(
    { UPSTREAM_CONCURRENCY: '2', UPSTREAM_QUEUE: '3' },
    { dataset: anInbox(10) },
  );
  const { sandbox, query, metric } = started;
  const release = sandbox.hold();
  const taken = ['c1', 'c2', 'c3', 'c4', 'c5'].map((chatId) => query(titleOf(chatId)));
  await vi.waitFor(async () => expect(await metric(QUEUED)).toBe(3), { timeout: 20_000 });
  expect(await metric(IN_FLIGHT)).toBe(2);

  // Answered while everything else is held: at once, and for a write with the promise that nothing happened.
  expect(await query(titleOf('c6'))).toMatchObject({
    data: { chat: null },
    errors: [{ path: ['chat'], extensions: { code: 'UPSTREAM_OVERLOADED' } }],
  });
  expect(sandbox.requests).toHaveLength(2);
  // Whoever wants what is asked for already costs nothing more.
  const joined = query(titleOf('c5'));

  release();
  for (const { errors } of await Promise.all([...taken, joined])) expect(errors).toBeUndefined();
  expect(sandbox.requests).toHaveLength(5);
  expect(sandbox.maxInFlight).toBe(2);
  expect([await metric(IN_FLIGHT), await metric(QUEUED)]).toEqual([0, 0]);
});

test('an operation larger than the queue waits inside itself and is answered whole', async () => {
  await using started = await startGatewayOverSandbox(
    { UPSTREAM_CONCURRENCY: '2', UPSTREAM_QUEUE: '3' },
    { dataset: anInbox(40) },
  );
  const { sandbox, query } = started;
  expect(await query(INBOX)).toMatchObject({ errors: undefined });
  expect(sandbox.requests).toHaveLength(41);
  expect(sandbox.maxInFlight).toBeLessThanOrEqual(2);
});

test('a large operation does not starve small ones', async () => {
  await using started = await startGatewayOverSandbox(
    { UPSTREAM_CONCURRENCY: '2' },
    { dataset: anInbox(100), latencyMs: 20 },
  );
  const { sandbox, query } = started;
  let largeIsDone = false;
  const large = query(INBOX).finally(() => {
    largeIsDone = true;
  });
  await sandbox.received(5);
  // Each waits for a turn or two and not for what the large one still has to read.
  for (const chatId of ['x1', 'x2', 'x3']) {
    const before = sandbox.requests.length;
    await query(titleOf(chatId));
    const order = sandbox.requests.slice(before).findIndex((request) => request.chatId === chatId);
    expect(order).toBeLessThanOrEqual(8);
    expect(largeIsDone).toBe(false);
  }
  expect(await large).toMatchObject({ errors: undefined });
  expect(sandbox.requests).toHaveLength(104);
});
