import { collectDefaultMetrics } from 'prom-client';
import type { Config } from './config.ts';
import { drain } from './http/drain.ts';
import { createMetricsHandler } from './http/handler.ts';
import { Lifecycle } from './http/lifecycle.ts';
import { listen } from './http/server.ts';
import { createRateLimit } from './limits/rate-limit.ts';
import type { Logger } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openTexter } from './open-texter.ts';
import { createGateway } from './server.ts';
import type { RateLimitPause } from './texter/rate-limit-pauses.ts';

/** A gateway, of one process or of several. */
export interface Served {
  /** Where GraphQL and GraphiQL are. */
  readonly url: string;
  /** Where the metrics are; undefined where that is the same port. */
  readonly metricsUrl: string | undefined;
  /** Answers what is under way and lets go of everything. Resolves to whether nothing was cut off. */
  stop(): Promise<boolean>;
}

/** What a process that is one of several shares with the others. */
export interface Shared {
  readonly metrics: Metrics;
  readonly sandboxUrl: string | undefined;
  /** What the others keep when this one starts. */
  readonly pauses: readonly RateLimitPause[];
  readonly onRateLimitPause: (pause: RateLimitPause) => void;
}

/** A gateway of this process. */
export interface ServedHere extends Served {
  /** Pauses calls as if Texter had asked for it here. */
  pause(pause: RateLimitPause): void;
}

/** Serves a gateway on the ports of its config. Rejects with the system's error when one cannot be had. */
export async function serve(config: Config, log: Logger, shared?: Shared): Promise<ServedHere> {
  const metrics = shared?.metrics ?? createMetrics();
  collectDefaultMetrics({ register: metrics.registry });
  const lifecycle = new Lifecycle();
  const rateLimit = await createRateLimit(config.rateLimit, log);
  const tracing = config.tracing ? (await import('./tracing/start.ts')).startTracing(log) : undefined;
  const texter = await openTexter(config, { log, metrics, tracing, ...shared });
  for (const pause of shared?.pauses ?? []) texter.client.pause(pause);
  const gateway = createGateway(config, {
    texter: texter.client,
    token: texter.token,
    log,
    metrics,
    lifecycle,
    rateLimit,
    tracing,
  });

  const { host, port, metricsPort, loopbackOnly } = config.http;
  const server = await listen(gateway, { host, port });
  const metricsServer =
    metricsPort === undefined
      ? undefined
      : await listen(
          createMetricsHandler(() => metrics.text(), {
            lifecycle,
            loopbackOnly,
            onRefusal: () => {},
            onDefect: (err, requestId) => log.error({ err, requestId }, 'no metrics'),
          }),
          { host, port: metricsPort },
        );
  return {
    url: `${originOf(host, server.port)}/graphql`,
    metricsUrl: metricsServer && `${originOf(host, metricsServer.port)}/metrics`,
    pause: (pause) => texter.client.pause(pause),
    async stop() {
      const whole = await drain(lifecycle, config.shutdown);
      // A write whose caller has left is no operation any more; it ends within the time of a REST call.
      if (whole) await texter.client.writesEnded();
      await Promise.all([server.close(), metricsServer?.close()]);
      await texter.close();
      rateLimit?.close();
      await tracing?.close();
      return whole;
    },
  };
}

/** With an address that can be opened: one that stands for all of them cannot. */
function originOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
