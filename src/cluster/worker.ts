import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { serve } from '../serve.ts';
import { startFailure } from '../start-failure.ts';
import type { RateLimitPause } from '../texter/rate-limit-pauses.ts';
import { type FromWorker, isOurs, type ToWorker } from './messages.ts';

/**
 * Serves as one of several processes behind the same port. What must be one for all of them goes through the
 * primary process: the sandbox, pauses that Texter asks for, the metrics, the rate limits and the stop.
 */
export async function runWorker(config: Config, log: Logger): Promise<void> {
  const tell = (message: FromWorker) => process.send?.(message);
  const { metrics, arrived } = metricsOfAll(tell);
  const serving = pausesOfOthers(tell).then((pauses) =>
    serve(config, log, {
      metrics,
      pauses,
      sandboxUrl: process.argv[2],
      onRateLimitPause: (pause) => tell({ gateway: 'paused', pause }),
    }),
  );

  let stopping: Promise<boolean> | undefined;
  const stop = async () => {
    stopping ??= serving.then((served) => served.stop());
    process.exit((await stopping) ? 0 : 1);
  };
  process.on('message', async (message: ToWorker | object) => {
    if (!isOurs(message)) return;
    if (message.gateway === 'stop') await stop();
    if (message.gateway === 'pause') (await serving).pause(message.pause);
    if (message.gateway === 'metrics') arrived(message);
    if (message.gateway === 'part-wanted') {
      const part = await metrics.registry.getMetricsAsJSON();
      tell({ gateway: 'metrics-part', id: message.id, part });
    }
  });
  // A Ctrl-C reaches every process of a terminal. A second one is for the primary, whose end is ours too.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);

  try {
    const { url, metricsUrl } = await serving;
    tell({ gateway: 'serving', url, metricsUrl });
  } catch (error) {
    const failed: FromWorker = { gateway: 'failed', reason: startFailure(error, config) };
    process.send?.(failed, () => process.exit(1));
  }
}

/** What the primary process knows of pauses when this worker starts. */
function pausesOfOthers(tell: (message: FromWorker) => void): Promise<readonly RateLimitPause[]> {
  return new Promise((resolve) => {
    const listen = (message: ToWorker | object) => {
      if (!isOurs(message) || message.gateway !== 'start') return;
      process.off('message', listen);
      resolve(message.pauses);
    };
    process.on('message', listen);
    tell({ gateway: 'starting' });
  });
}

/** Metrics of this process whose text is that of all. */
function metricsOfAll(tell: (message: FromWorker) => void) {
  const metrics = createMetrics();
  const waiting = new Map<number, (text: string) => void>();
  let lastId = 0;
  const text = () =>
    new Promise<string>((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      tell({ gateway: 'metrics-wanted', id: lastId });
    });
  const arrived = (answer: { readonly id: number; readonly text: string }) => {
    waiting.get(answer.id)?.(answer.text);
    waiting.delete(answer.id);
  };
  return { metrics: { ...metrics, text }, arrived };
}
