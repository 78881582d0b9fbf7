import { expect, it } from 'vitest';
import { configOf, load } from './load.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

it.each<[boolean, Record<string, string>]>([
  [false, {}],
  [true, ENDPOINT],
  [true, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }],
  [true, { OTEL_TRACES_EXPORTER: 'otlp' }],
  [true, { OTEL_TRACES_EXPORTER: 'console, otlp' }],
  [false, { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }],
  [false, { ...ENDPOINT, OTEL_TRACES_EXPORTER: 'console' }],
  [false, { ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' }],
  [true, { ...ENDPOINT, OTEL_SDK_DISABLED: 'false' }],
  [false, { OTEL_SERVICE_NAME: 'gateway' }],
])('traces are sent: %s, for %o', (sent, env) => {
  expect(configOf(env).tracing).toBe(sent);
});

it('warns of exporters and protocols that there are not', () => {
  const { warnings } = load({
    ...ENDPOINT,
    OTEL_TRACES_EXPORTER: 'zipkin,otlp',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf',
  });
  expect(warnings).toEqual([
    'OTEL_TRACES_EXPORTER: zipkin is not supported, only otlp and none',
    'OTEL_EXPORTER_OTLP_PROTOCOL: has no effect, traces are sent by http/protobuf',
  ]);
});
