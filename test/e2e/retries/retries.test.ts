import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Fault } from '../../../src/sandbox/http/fault.ts';
import { type GatewayOverSandbox, startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox, titleOf, writeTo } from '../support/inbox.ts';

// Retries of all tests in this file but the last two come to fewer than the ten that are always allowed in ten seconds.

let started: GatewayOverSandbox;
beforeAll(async () => {
  started = await startGatewayOverSandbox({}, { dataset: anInbox(3) });
});
afterAll(() => started[Symbol.asyncDispose]());
beforeEach(() => started.sandbox.reset());

const RETRIES = 'texter_gateway_retries_total{endpoint="chat"}';

test('a read is tried again twice, and the client sees nothing of it', async () => {
  const { sandbox, query, metric } = started;
  sandbox.setFaults([
    { endpoint: 'chat', status: 503, times: 1 },
    { endpoint: 'chat', break: 'body', after: 1, times: 1 },
  ]);
  const { data, errors, extensions } = await query(titleOf('c1'));
  expect([data, errors]).toEqual([{ chat: { title: 'Contact c1' } }, undefined]);
  expect(sandbox.requests).toHaveLength(3);
  expect(extensions.upstream.calls).toBe(3);
  expect(await metric(RETRIES)).toBe(2);
});

test.each<[string, Fault, number]>([
  ['502', { status: 502 }, 2],
  ['504', { status: 504 }, 2],
  ['a broken connection', { break: 'headers' }, 2],
  ['500', { status: 500 }, 1],
  ['404', { status: 404 }, 1],
  ['an answer that makes no sense', { body: 'html' }, 1],
])('%s', async (_, fault, calls) => {
  const { sandbox, query } = started;
  sandbox.setFaults([{ endpoint: 'chat', times: 1, ...fault }]);
  const { errors } = await query(titleOf('c1'));
  expect(errors === undefined).toBe(calls === 2 || fault.status === 404);
  expect(sandbox.requests).toHaveLength(calls);
});

test.each(['seconds', 'date'] as const)('a Retry-After in %s is waited for', async (retryAfterForm) => {
  const { sandbox, query } = started;
  sandbox.setFaults([{ endpoint: 'chat', status: 503, times: 1, retryAfter: 2, retryAfterForm }]);
  const began = performance.now();
  expect(await query(titleOf('c1'))).toMatchObject({ errors: undefined });
  // A date has whole seconds, so that up to one of the two may be cut off.
  expect(performance.now() - began).toBeGreaterThan(990);
  expect(sandbox.requests).toHaveLength(2);
});

test('a write is not tried again, whatever became of it', async () => {
  const { sandbox, query } = started;
  const faults: Fault[] = [{ status: 502 }, { status: 503 }, { break: 'headers' }, { break: 'body' }];
  sandbox.setFaults(faults.map((fault, index) => ({ endpoint: 'crm', after: index, times: 1, ...fault })));
  for (const [index] of faults.entries()) {
    expect(await query(writeTo('c1'))).toMatchObject({
      data: { updateChatCrmData: null },
      errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE', applied: 'unknown' } }],
    });
    expect(sandbox.requests).toHaveLength(index + 1);
  }
});

test('but a write that was answered 429, which was not applied', async () => {
  const { sandbox, query } = started;
  sandbox.setFaults([{ endpoint: 'crm', status: 429, retryAfter: 1, times: 1 }]);
  expect(await query(writeTo('c1'))).toMatchObject({
    data: { updateChatCrmData: { chat: { crmData: { tier: 'gold' } } } },
    errors: undefined,
  });
  expect(sandbox.requests).toMatchObject([{ status: 429 }, { status: 200 }]);
});

test('a bad time is not made worse: a tenth more calls, or ten', async () => {
  await using fresh = await startGatewayOverSandbox({}, { dataset: anInbox(60) });
  const { sandbox, query, metric } = fresh;
  // One chat in six fails, after a wave of good reads: never half of the calls, which would open the breaker.
  const chats = Array.from({ length: 60 }, (_, index) => `c${index + 1}`);
  const failing = chats.filter((_, index) => index % 6 === 5);
  for (let wave = 0; wave < 5; wave += 1) {
    await Promise.all(chats.map((chatId) => query(titleOf(chatId))));
    sandbox.setFaults(failing.map((chatId) => ({ chatId, status: 503 })));
  }

  const reads = 5 * chats.length;
  const retries = sandbox.requests.length - reads;
  expect(await metric(RETRIES)).toBe(retries);
  expect(retries).toBeGreaterThanOrEqual(10);
  // Without a budget there would be eighty.
  expect(retries).toBeLessThanOrEqual(reads / 10);
});

test('and an outage is given up soon', async () => {
  await using fresh = await startGatewayOverSandbox({}, { dataset: anInbox(3) });
  const { sandbox, query } = fresh;
  sandbox.setFaults([{ status: 503 }]);
  for (let i = 0; i < 100; i += 1)
    expect(await query(titleOf(`x${i}`))).toMatchObject({
      errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
    });
  // The twentieth failure within ten seconds opened the breaker; a slow machine may come to a few more.
  expect(sandbox.requests.length).toBeLessThan(40);
});
