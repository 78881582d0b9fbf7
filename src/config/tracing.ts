import type { Given } from './faults.ts';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] as const;
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] as const;

/**
 * Whether traces are sent: when OpenTelemetry's own variables name an OTLP exporter, or a place for it to send to, and do
 * not switch it off. Everything else in OTEL_ variables the SDK reads by itself.
 */
export function sendsTraces(vars: Given): boolean {
  if (vars.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  const exporters = exportersOf(vars);
  return exporters === undefined
    ? ENDPOINTS.some((name) => vars[name] !== undefined)
    : exporters.includes('otlp');
}

/** A line for each variable that asks for what this gateway does not have. */
export function tracingWarnings(vars: Given): string[] {
  const others = (exportersOf(vars) ?? []).filter((exporter) => exporter !== 'otlp' && exporter !== 'none');
  return [
    ...others.map((exporter) => `OTEL_TRACES_EXPORTER: ${exporter} is not supported, only otlp and none`),
    ...PROTOCOLS.filter((name) => (vars[name] ?? 'http/protobuf') !== 'http/protobuf').map(
      (name) => `${name}: has no effect, traces are sent by http/protobuf`,
    ),
  ];
}

function exportersOf({ OTEL_TRACES_EXPORTER }: Given): readonly string[] | undefined {
  return OTEL_TRACES_EXPORTER?.split(',').map((exporter) => exporter.trim());
}
