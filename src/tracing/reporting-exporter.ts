import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { errorReason } from '../error-reason.ts';
import type { Logger } from '../log.ts';

const QUIET_MS = 60_000;

/**
 * An exporter that says, once a minute, why spans were lost. OpenTelemetry itself would write the error with its frames
 * for every batch, so it is told that all went well.
 */
export function reporting(exporter: SpanExporter, log: Logger): SpanExporter {
  let quietUntil = 0;
  return {
    export(spans, done) {
      exporter.export(spans, ({ error }) => {
        if (error !== undefined && Date.now() >= quietUntil) {
          quietUntil = Date.now() + QUIET_MS;
          log.warn({ reason: errorReason(error) }, 'traces could not be sent');
        }
        done({ code: 0 });
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
