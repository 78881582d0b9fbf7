import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const at = (path: string, init?: RequestInit) => fetch(new URL(path, gateway.url), init);

it.each(['/health', '/ready'])('answers %s', async (path) => {
  expect((await at(path)).status).toBe(200);
  expect((await at(path, { method: 'HEAD' })).status).toBe(200);
});

it('answers /metrics with the gateway’s own and the process’s', async () => {
  const answer = await at('/metrics');
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await answer.text();
  for (const name of [
    'texter_gateway_operations_total',
    'texter_gateway_operation_duration_seconds',
    'texter_gateway_upstream_requests_total',
    'texter_gateway_upstream_in_flight',
    'texter_gateway_upstream_queued',
    'texter_gateway_breaker_state',
    'texter_gateway_retries_total',
    'texter_gateway_reused_total',
    'texter_gateway_unknown_enum_values_total',
    'process_cpu_seconds_total',
    'nodejs_heap_size_used_bytes',
  ]) {
    expect(text).toContain(`# TYPE ${name} `);
  }
});

it.each([
  '/',
  '/graphql/',
  '/graphql/x',
  '/GraphQL',
  '/health/',
  '/x/ready',
  '/healthz',
  '//health',
  '/metrics.',
])('has nothing at %s', async (path) => {
  const answer = await fetch(`http://${new URL(gateway.url).host}${path}`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

it('has the metrics on METRICS_PORT alone where that is set', async () => {
  await using apart = await startGatewayProcess({ METRICS_PORT: '0' });
  const metricsUrl = apart.log[0]?.metricsUrl;
  expect((await fetch(String(metricsUrl))).status).toBe(200);
  expect((await fetch(new URL('/metrics', apart.url))).status).toBe(404);
  expect((await fetch(new URL('/graphql', String(metricsUrl)))).status).toBe(404);
});
