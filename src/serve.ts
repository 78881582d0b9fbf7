import { collectDefaultMetrics } from 'prom-client';
import type { Config } from './config.ts';
import { drain } from './http/drain.ts';
import { createMetricsHandler } from './http/handler.ts';
import { Lifecycle } from './http/lifecycle.ts';
import { listen } from './http/server.ts';
import { createRateLimit } from './limits/rate-limit.ts';
import type { Logger } from './log.ts';
import { createMetrics } from './metrics.ts';
import { openTexter } from './open-texter.ts';
import { createGateway } from './server.ts';

export interface Served {
  /** Where GraphQL and GraphiQL are. */
  readonly url: string;
  /** Where the metrics are; undefined where that is the same port. */
  readonly metricsUrl: string | undefined;
  /** Answers what is under way and lets go of everything. Resolves to whether nothing was cut off. */
  stop(): Promise<boolean>;
}

/** Serves a gateway on the ports of its config. Rejects with the system's error when one cannot be had. */
export async function serve(config: Config, log: Logger): Promise<Served> {
  const metrics = createMetrics();
  collectDefaultMetrics({ register: metrics.registry });
  const lifecycle = new Lifecycle();
  const texter = await openTexter(config, log, metrics);
  const rateLimit = createRateLimit(config.rateLimit, log);
  const gateway = createGateway(config, {
    texter: texter.client,
    token: texter.token,
    log,
    metrics,
    lifecycle,
    rateLimit,
  });

  const { host, port, metricsPort, loopbackOnly } = config.http;
  const server = await listen(gateway, { host, port });
  const metricsServer =
    metricsPort === undefined
      ? undefined
      : await listen(
          createMetricsHandler(() => metrics.registry.metrics(), {
            lifecycle,
            loopbackOnly,
            onRefusal: () => {},
            onDefect: (err, requestId) => log.error({ err, requestId }, 'metrics'),
          }),
          { host, port: metricsPort },
        );
  return {
    url: `${originOf(host, server.port)}/graphql`,
    metricsUrl: metricsServer && `${originOf(host, metricsServer.port)}/metrics`,
    async stop() {
      const whole = await drain(lifecycle, config.shutdown);
      await Promise.all([server.close(), metricsServer?.close()]);
      await texter.close();
      rateLimit?.close();
      return whole;
    },
  };
}

/** With an address that can be opened: one that stands for all of them cannot. */
function originOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
