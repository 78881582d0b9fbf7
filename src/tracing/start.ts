import { setTimeout as sleep } from 'node:timers/promises';
import { type DiagLogFunction, DiagLogLevel, diag, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Logger } from '../log.ts';
import type { Transport } from '../texter/transport.ts';
import { reporting } from './reporting-exporter.ts';
import { withSpans } from './rest-spans.ts';

/** Spans of operations and REST calls, on their way to an OTLP collector. */
export interface Tracing {
  /** For the spans of operations. */
  readonly tracer: Tracer;
  /** Gives each REST call below `baseUrl` a span. */
  traceCalls(transport: Transport, baseUrl: URL): Transport;
  /** Sends the spans that are left, but does not wait long for a collector that does not answer. */
  close(): Promise<void>;
}

const NAME = 'texter-graphql-gateway';

/** What a collector may delay a stop by, ms. */
const FLUSH_MS = 1000;

/**
 * Starts OpenTelemetry, which reads its OTEL_ variables by itself. To be imported only where traces are sent: the
 * libraries take half a second to load.
 */
export function startTracing(log: Logger): Tracing {
  const warn: DiagLogFunction = (detail) => log.warn({ detail }, 'OpenTelemetry');
  const ignore: DiagLogFunction = () => {};
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': NAME }))
    .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] }));
  const exporter = reporting(new OTLPTraceExporter(), log);
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  // For its propagator. Spans are handed on explicitly: a context manager would cost every promise something.
  provider.register({ contextManager: null });
  const tracer = provider.getTracer(NAME);
  return {
    tracer,
    traceCalls: (transport, baseUrl) => withSpans(transport, tracer, baseUrl),
    async close() {
      // What could not be sent has been said by the exporter, and must not make the stop fail.
      await Promise.race([provider.shutdown().catch(() => {}), sleep(FLUSH_MS)]);
    },
  };
}
