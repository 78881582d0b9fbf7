import { expect, it } from 'vitest';
import { createMetrics } from '../../../src/metrics.ts';

/** The samples of one metric, by their labels. */
async function samples(
  metrics: ReturnType<typeof createMetrics>,
  name: string,
): Promise<Record<string, number>> {
  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith(name));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(name.length, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' '))),
    ]),
  );
}

it('counts the first 50 names apart, and all others as one', async () => {
  const metrics = createMetrics();
  for (let i = 0; i < 60; i++) metrics.operation(`Name${i}`, 'ok', 0.01);
  metrics.operation('Name0', 'failed', 0.01);
  metrics.operation(undefined, 'refused', 0.01);
  const counts = await samples(metrics, 'texter_gateway_operations_total');
  expect(Object.keys(counts)).toHaveLength(53);
  expect(counts).toMatchObject({
    '{operation="Name0",outcome="ok"}': 1,
    '{operation="Name0",outcome="failed"}': 1,
    '{operation="Name49",outcome="ok"}': 1,
    '{operation="other",outcome="ok"}': 10,
    '{operation="other",outcome="refused"}': 1,
  });
});

it('shows what the REST client counts at the moment it is asked', async () => {
  const metrics = createMetrics();
  const client = { inFlight: 0, queued: 0 };
  metrics.watch(client);
  Object.assign(client, { inFlight: 3, queued: 7 });
  expect(await samples(metrics, 'texter_gateway_upstream_')).toMatchObject({ in_flight: 3, queued: 7 });
});

// Counted together at the end of a turn, they came after the answer of the operation that had made them.
it('shows each REST call and each reuse that has been, before their turn has ended', async () => {
  const metrics = createMetrics();
  for (let count = 1; count <= 3; count += 1) {
    metrics.upstreamRequest('chat', 200);
    metrics.reused('revision');
    expect(await samples(metrics, 'texter_gateway_upstream_requests_total')).toEqual({
      '{endpoint="chat",status="200"}': count,
    });
    expect(await samples(metrics, 'texter_gateway_reused_total')).toEqual({ '{by="revision"}': count });
  }
  await new Promise(setImmediate);
  expect(await samples(metrics, 'texter_gateway_reused_total')).toEqual({ '{by="revision"}': 3 });
});

it('names the states of the breakers by number, from the start', async () => {
  const metrics = createMetrics();
  metrics.breaker('chat', 'open');
  metrics.breaker('search', 'half-open');
  metrics.breaker('crm', 'open');
  metrics.breaker('crm', 'closed');
  expect(await samples(metrics, 'texter_gateway_breaker_state')).toEqual({
    '{endpoint="chat"}': 2,
    '{endpoint="search"}': 1,
    '{endpoint="crm"}': 0,
    '{endpoint="messages"}': 0,
  });
});

it('is no global: two gateways of one process count by themselves', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.retry('chat');
  expect(await samples(one, 'texter_gateway_retries_total')).toEqual({ '{endpoint="chat"}': 1 });
  expect(await samples(other, 'texter_gateway_retries_total')).toEqual({});
});
