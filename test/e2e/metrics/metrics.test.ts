import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type GatewayOverSandbox, startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox, titleOf, writeTo } from '../support/inbox.ts';

let started: GatewayOverSandbox;
beforeAll(async () => {
  started = await startGatewayOverSandbox({}, { dataset: anInbox(3) });
});
afterAll(() => started[Symbol.asyncDispose]());
beforeEach(() => started.sandbox.reset());

const text = async () => (await fetch(new URL('/metrics', started.gateway.url))).text();

test('operations count by name and outcome, REST calls by endpoint and status', async () => {
  const { query, sandbox, metric } = started;
  await query(`query Title ${titleOf('c1')}`);
  await query('query Title { chat(chatId: "c1") { nothing } }');
  sandbox.setFaults([{ endpoint: 'chat', chatId: 'c2', status: 500 }]);
  await query(`query Title ${titleOf('c2')}`);
  await query('query Title { one: chat(chatId: "c1") { title } two: chat(chatId: "c2") { title } }');
  await query(writeTo('c1'));

  const operations = (labels: string) => metric(`texter_gateway_operations_total{${labels}}`);
  expect(await operations('operation="Title",outcome="ok"')).toBe(1);
  expect(await operations('operation="Title",outcome="failed"')).toBe(1);
  expect(await operations('operation="Title",outcome="partial"')).toBe(1);
  // Without a name, or refused before the name was known to be good.
  expect(await operations('operation="other",outcome="refused"')).toBe(1);
  expect(await operations('operation="other",outcome="ok"')).toBe(1);
  expect(await metric('texter_gateway_operation_duration_seconds_count')).toBe(5);

  const calls = (labels: string) => metric(`texter_gateway_upstream_requests_total{${labels}}`);
  expect(await calls('endpoint="chat",status="200"')).toBe(2);
  expect(await calls('endpoint="chat",status="500"')).toBe(2);
  expect(await calls('endpoint="crm",status="200"')).toBe(1);
});

test('whatever clients send, there are no more series than the first fifty names make', async () => {
  const { query } = started;
  for (let i = 0; i < 60; i += 1) await query(`query Wrong${i} { nothing }`);
  for (let i = 0; i < 60; i += 1) {
    await query(`query Right${i} { __typename }`, {
      headers: { 'x-request-id': `id${i}`, authorization: `Bearer token${i}` },
    });
  }
  const metrics = await text();
  const names = new Set([...metrics.matchAll(/operation="([^"]*)"/g)].map(([, name]) => name));
  expect(names.size).toBe(51);
  expect(names).toContain('Right48');
  expect(names).toContain('other');
  expect(metrics).not.toMatch(/Wrong|Right5\d|token\d|id\d/);
});
