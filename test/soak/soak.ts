import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import { SANDBOX_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import { COMMAND, type GatewayProcess, startGatewayProcess } from '../support/process.ts';
import { fillDocumentCache, startLoad } from './load.ts';
import { changeWeather } from './weather.ts';

/** The gateway's memory after a forced collection, in bytes, and what it holds open, by name. */
export interface Sample {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  readonly handles: readonly string[];
}

export interface Soak {
  readonly seconds: number;
  readonly requests: number;
  readonly outcomes: ReadonlyMap<string, number>;
  /** The text of /metrics at the end. */
  readonly metrics: string;
  /** In order, as many in each third of the time. */
  readonly samples: readonly Sample[];
  /** Of the gateway, when it was asked to stop. */
  readonly exitCode: number | null;
}

/** How long a cycle of faults is, or less: each third has whole ones. */
const CYCLE_MS = 20_000;
const SAMPLES_A_THIRD = 20;
const SHORTEST_INTERVAL_MS = 2000;

/**
 * Runs every kind of request through every kind of fault, in equal thirds, and measures the started gateway. Before,
 * it sends so many `documents`.
 */
export async function soak(seconds: number, documents: number): Promise<Soak> {
  const thirdMs = (seconds * 1000) / 3;
  const cycleMs = thirdMs / Math.ceil(thirdMs / CYCLE_MS);
  const samplesAThird = Math.min(SAMPLES_A_THIRD, Math.floor(thirdMs / SHORTEST_INTERVAL_MS));

  await using sandbox = await startSandbox();
  await using gateway = await startGatewayProcess(
    {
      TEXTER_BASE_URL: sandbox.url,
      TEXTER_API_TOKEN: SANDBOX_TOKEN,
      AUTH_MODE: 'none',
      UPSTREAM_TIMEOUT_MS: '1000',
      OPERATION_TIMEOUT_MS: '3000',
      RATE_LIMIT_COST_PER_MINUTE: '1000000',
      TRUST_PROXY: '127.0.0.1',
    },
    { command: [process.execPath, '--expose-gc', '--import', './test/soak/measure.js', ...COMMAND] },
  );
  await fillDocumentCache(gateway.url, documents);
  const end = new AbortController();
  const weather = changeWeather(sandbox, cycleMs, end.signal);
  const load = startLoad(gateway.url);
  const samples: Sample[] = [];
  try {
    const began = performance.now();
    for (let taken = 1; taken <= 3 * samplesAThird; taken += 1) {
      // By the clock and not by what a sample takes, so that the thirds stay in step with the faults.
      await sleep(began + (taken * thirdMs) / samplesAThird - performance.now());
      samples.push(await load.quietly(() => measure(gateway)));
    }
  } finally {
    end.abort();
    await Promise.all([load.stop(), weather]);
  }
  const metrics = await (await fetch(new URL('/metrics', gateway.url))).text();
  gateway.kill('SIGTERM');
  const { code } = await gateway.exited;
  const { requests, outcomes } = load;
  return { seconds, requests, outcomes, metrics, samples, exitCode: code };
}

/** Has the gateway collect its garbage and say what is left. */
async function measure(gateway: GatewayProcess): Promise<Sample> {
  const before = gateway.stderr.length;
  gateway.kill('SIGUSR2');
  const line = await vi.waitFor(
    () => {
      const said = gateway.stderr[before];
      if (said === undefined) throw new Error('the gateway did not measure itself');
      return said;
    },
    { timeout: 20_000 },
  );
  return JSON.parse(line);
}
