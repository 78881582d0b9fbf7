import { expect, test } from 'vitest';
import { SANDBOX_TOKEN } from '../../../src/sandbox/sandbox.ts';
import { freePort } from '../../support/process.ts';
import { aChat, aMessage } from '../../support/sandbox.ts';
import { startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { type CollectedSpan, startCollector } from './collector.ts';

const TRACE = 'a'.repeat(32);
const CALLER = 'b'.repeat(16);
const SAMPLED = { headers: { traceparent: `00-${TRACE}-${CALLER}-01` } };
const TITLE = 'query Title { chat(chatId: "c1") { title } }';
/** In the data and in the document; it belongs into no trace. */
const PRIVATE = 'nobody-but-the-caller';

const options = { dataset: [aChat('c1', { title: PRIVATE }, [aMessage('m1', 1_700_000_000_000)])] };
const titleOf = (spans: readonly CollectedSpan[]) => spans.find(({ name }) => name === 'query Title');

test('an operation is a span below its caller’s, and each of its REST calls one below it', async () => {
  await using collector = await startCollector();
  await using started = await startGatewayOverSandbox(
    { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    options,
  );
  const { gateway, query, sandbox } = started;
  await query(
    `query Thread { chat(chatId: "c1") { title messages(last: 1) { nodes { text } } }
      chats(first: 1, filter: { search: "${PRIVATE}" }) { totalCount } }`,
    { headers: { ...SAMPLED.headers, 'x-request-id': 'r1' } },
  );
  gateway.kill('SIGTERM');
  expect(await gateway.exited).toEqual({ code: 0, signal: null });

  const operation = collector.spans.find(({ kind }) => kind === 'server');
  expect(operation).toMatchObject({
    name: 'query Thread',
    traceId: TRACE,
    parentSpanId: CALLER,
    failed: false,
    attributes: {
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Thread',
      'texter_gateway.request_id': 'r1',
    },
    resource: { 'service.name': 'texter-graphql-gateway' },
  });
  const calls = collector.spans.filter(({ kind }) => kind === 'client');
  expect(calls.map(({ name }) => name).sort()).toEqual([
    'GET /chats/search',
    'GET /chats/{chatId}',
    'GET /messages/chat/{chatId}',
  ]);
  const server = { 'server.address': '127.0.0.1', 'server.port': Number(new URL(sandbox.url).port) };
  for (const { name, attributes, ...call } of calls) {
    expect(call).toMatchObject({ traceId: TRACE, parentSpanId: operation?.spanId, failed: false });
    expect(attributes).toEqual({
      ...server,
      'http.request.method': 'GET',
      'url.template': name.slice('GET '.length),
      'http.response.status_code': 200,
    });
  }
  // What Texter was sent names the very span of the call.
  expect(sandbox.requests.map(({ headers }) => headers.traceparent).sort()).toEqual(
    calls.map(({ spanId }) => `00-${TRACE}-${spanId}-01`).sort(),
  );
  for (const secret of [SANDBOX_TOKEN, PRIVATE]) expect(collector.payload.includes(secret)).toBe(false);
});

test('failures and retries show in the spans, by code and status alone', async () => {
  await using collector = await startCollector();
  await using started = await startGatewayOverSandbox(
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces` },
    {
      ...options,
      faults: [
        { endpoint: 'chat', status: 503, times: 1 },
        { endpoint: 'crm', status: 500 },
      ],
    },
  );
  const { gateway, query } = started;
  await query(TITLE);
  await query('mutation { updateChatCrmData(input: { chatId: "c1", data: {} }) { chat { id } } }');
  await query('{ nothing }');
  gateway.kill('SIGTERM');
  await gateway.exited;

  const title = titleOf(collector.spans);
  const callsOf = (operation: CollectedSpan | undefined) =>
    collector.spans
      .filter(({ parentSpanId }) => parentSpanId === operation?.spanId)
      .map(({ name, failed, attributes }) => ({ name, failed, attributes }));
  expect(title).toMatchObject({ parentSpanId: '', failed: false });
  expect(callsOf(title)).toMatchObject([
    {
      name: 'GET /chats/{chatId}',
      failed: true,
      attributes: { 'http.response.status_code': 503, 'error.type': '503' },
    },
    {
      name: 'GET /chats/{chatId}',
      failed: false,
      attributes: { 'http.response.status_code': 200, 'http.request.resend_count': 1 },
    },
  ]);
  const mutation = collector.spans.find(({ name }) => name === 'mutation');
  expect(mutation).toMatchObject({ failed: true, attributes: { 'error.type': 'UPSTREAM_UNAVAILABLE' } });
  expect(callsOf(mutation)).toMatchObject([{ name: 'POST /chats/{chatId}/crm-data', failed: true }]);
  expect(collector.spans.find(({ name }) => name === 'GraphQL Operation')).toMatchObject({
    failed: false,
    attributes: { 'error.type': 'GRAPHQL_VALIDATION_FAILED' },
  });
});

test('OpenTelemetry’s own variables rule resource and sampling', async () => {
  await using collector = await startCollector();
  await using started = await startGatewayOverSandbox(
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'support-inbox',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_TRACES_SAMPLER: 'parentbased_always_off',
    },
    options,
  );
  const { gateway, query, sandbox } = started;
  await query(TITLE);
  await query(TITLE, SAMPLED);
  gateway.kill('SIGTERM');
  await gateway.exited;
  expect(collector.spans.map(({ traceId }) => traceId)).toEqual([TRACE, TRACE]);
  expect(titleOf(collector.spans)?.resource).toMatchObject({
    'service.name': 'support-inbox',
    'deployment.environment.name': 'test',
  });
  // What is not sampled is not sampled further on either.
  expect(sandbox.requests.map(({ headers }) => headers.traceparent?.slice(-2))).toEqual(['00', '01']);
});

test('each of several processes sends its own before it ends', async () => {
  await using collector = await startCollector();
  await using started = await startGatewayOverSandbox(
    { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, WEB_CONCURRENCY: '2' },
    options,
  );
  const { gateway, query } = started;
  // On connections of their own the processes take turns.
  for (let i = 0; i < 6; i += 1) await query(TITLE, { headers: { connection: 'close' } });
  gateway.kill('SIGTERM');
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
  expect(collector.spans.map(({ kind }) => kind).sort()).toEqual([
    ...Array(6).fill('client'),
    ...Array(6).fill('server'),
  ]);
  expect(new Set(collector.spans.map(({ resource }) => resource['service.instance.id'])).size).toBe(2);
});

test('a collector that is not there costs the log a line, and a stop no more than a moment', async () => {
  await using started = await startGatewayOverSandbox(
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
    },
    options,
  );
  const { gateway, query } = started;
  for (let i = 0; i < 3; i += 1) expect(await query(TITLE)).toMatchObject({ errors: undefined });
  const { reason } = await gateway.logged({ msg: 'traces could not be sent' });
  expect(reason).not.toContain('\n');
  for (let i = 0; i < 3; i += 1) expect(await query(TITLE)).toMatchObject({ errors: undefined });
  gateway.kill('SIGTERM');
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
  expect(gateway.log.filter(({ level }) => level !== 'info')).toHaveLength(1);
});

test.each<[string, (url: string) => Record<string, string>]>([
  ['by default', () => ({})],
  ['by OTEL_SDK_DISABLED', (url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_SDK_DISABLED: 'true' })],
])(
  'nothing is sent where tracing is off %s; the caller’s traceparent goes upstream as it is',
  async (_, settings) => {
    await using collector = await startCollector();
    await using started = await startGatewayOverSandbox(settings(collector.url), options);
    const { gateway, query, sandbox } = started;
    await query(TITLE, SAMPLED);
    await query(TITLE);
    await query(TITLE, { headers: { traceparent: `00-${TRACE}-${CALLER}` } });
    gateway.kill('SIGTERM');
    await gateway.exited;
    expect(sandbox.requests.map(({ headers }) => headers.traceparent)).toEqual([
      SAMPLED.headers.traceparent,
      undefined,
      undefined,
    ]);
    expect(collector.payload).toHaveLength(0);
  },
);
