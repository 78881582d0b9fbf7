import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterClusterMaster } from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import type { Served } from '../serve.ts';
import { StartFailure } from '../start-failure.ts';
import type { RateLimitPause } from '../texter/rate-limit-pauses.ts';
import { type FromWorker, isOurs, type ToWorker } from './messages.ts';
import { MetricsSum } from './metrics-sum.ts';
import { RestartPause } from './restart-pause.ts';

/** What the workers' own drain may take beyond the grace before they are ended, ms. */
const STOP_MARGIN_MS = 2000;

/**
 * Runs the gateway in several processes that share its ports, and replaces those that die. Resolves when all
 * serve; rejects with `StartFailure` when one cannot.
 */
export async function runPrimary(config: Config, log: Logger): Promise<Served> {
  // One for all, so that a write through one worker is seen by the others.
  const sandbox =
    config.upstream.kind === 'sandbox'
      ? await (await import('../sandbox/sandbox.ts')).startSandbox(config.upstream.options)
      : undefined;
  if (config.rateLimit.costPerMinute > 0) new RateLimiterClusterMaster();
  const metrics = new MetricsSum();
  const pauses = new Map<string, RateLimitPause>();
  const serving = new Map<Worker, Serving>();

  cluster.on('message', async (worker, message: FromWorker | object) => {
    if (!isOurs(message)) return;
    switch (message.gateway) {
      case 'starting':
        // A worker that comes later has to keep the pauses that the others keep, from its first call on.
        for (const { credential, retryAt } of pauses.values()) {
          if (retryAt <= Date.now()) pauses.delete(credential);
        }
        tell(worker, { gateway: 'start', pauses: [...pauses.values()] });
        break;
      case 'serving':
        serving.set(worker, message);
        break;
      case 'paused':
        pauses.set(message.pause.credential, message.pause);
        for (const other of serving.keys()) {
          if (other !== worker) tell(other, { gateway: 'pause', pause: message.pause });
        }
        break;
      case 'metrics-wanted':
        tell(worker, {
          gateway: 'metrics',
          id: message.id,
          text: await metrics.text(serving.keys(), (other, id) =>
            tell(other, { gateway: 'part-wanted', id }),
          ),
        });
        break;
      case 'metrics-part':
        metrics.arrived(message.id, message.part);
    }
  });
  cluster.on('exit', (worker) => serving.delete(worker));

  cluster.setupPrimary({ args: sandbox ? [sandbox.url] : [] });
  const first = await startAll(config.http.workers);

  const pause = new RestartPause();
  let stopping = false;
  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return;
    const restartInMs = pause.next(performance.now());
    log.error({ worker: worker.process.pid, code, signal, restartInMs }, 'a worker ended and is replaced');
    setTimeout(() => stopping || cluster.fork(), restartInMs);
  });

  return {
    url: first.url,
    metricsUrl: first.metricsUrl,
    async stop() {
      stopping = true;
      const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      const latest = config.shutdown.graceMs + STOP_MARGIN_MS;
      // One that does not serve yet has nothing to lose.
      const wholes = workers.map(async (worker) => {
        const served = serving.has(worker);
        const code = await end(worker, served ? latest : 0);
        return !served || code === 0;
      });
      const whole = (await Promise.all(wholes)).every((kept) => kept);
      await sandbox?.close();
      return whole;
    },
  };
}

type Serving = Extract<FromWorker, { gateway: 'serving' }>;

/** Starts the first workers. What keeps one of them from serving would keep its successors from it too. */
async function startAll(count: number): Promise<Serving> {
  const starting = Array.from({ length: count }, () => {
    const worker = cluster.fork();
    return new Promise<Serving>((resolve, reject) => {
      worker.on('message', (message: FromWorker | object) => {
        if (!isOurs(message)) return;
        if (message.gateway === 'serving') resolve(message);
        if (message.gateway === 'failed') reject(new StartFailure(message.reason));
      });
    });
  });
  const died = once(cluster, 'exit').then(([, code, signal]) => {
    throw new StartFailure(`a worker process ended (${code ?? signal}) before all served`);
  });
  const [first] = await Promise.race([Promise.all(starting), died]);
  if (first === undefined) throw new RangeError('there must be workers');
  return first;
}

/** Has a worker drain; resolves to its exit code, null where it had to be ended after `latestMs`. */
async function end(worker: Worker, latestMs: number): Promise<number | null> {
  const exited = once(worker, 'exit');
  tell(worker, { gateway: 'stop' });
  const timer = new AbortController();
  sleep(latestMs, undefined, timer).then(
    () => worker.process.kill('SIGKILL'),
    () => {},
  );
  const [code] = await exited;
  timer.abort();
  return code;
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}
