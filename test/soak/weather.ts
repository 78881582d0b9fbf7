import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../src/sandbox/http/fault.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

/** All that goes wrong on an ordinary day, now and then. */
const MIXED: readonly Fault[] = [
  { probability: 0.02, status: 503 },
  { probability: 0.01, status: 500 },
  { probability: 0.01, break: 'headers' },
  { probability: 0.01, break: 'body' },
  { probability: 0.01, body: 'html' },
  { probability: 0.01, body: 'truncated' },
  { probability: 0.01, body: 'wrong-types' },
  { probability: 0.01, body: 'failure' },
  { probability: 0.01, body: 'duplicates' },
  { probability: 0.005, status: 204 },
  { probability: 0.005, redirect: 'http://127.0.0.1:9' },
  { probability: 0.003, hang: 'headers' },
  { probability: 0.003, hang: 'body' },
  { probability: 0.003, body: 'huge' },
  { probability: 0.003, body: 'endless' },
];

/** The parts of a cycle, in percent of its length, and what Texter is like in each. */
const CYCLE: readonly { readonly percent: number; readonly faults?: readonly Fault[] | 'down' }[] = [
  { percent: 35, faults: MIXED },
  { percent: 10, faults: [{ status: 429, retryAfter: 1, times: 2 }] },
  { percent: 10, faults: [{ latencyMs: 300 }] },
  { percent: 5, faults: [{ status: 503 }] },
  { percent: 5, faults: 'down' },
  { percent: 35 },
];

/** Runs through a cycle of faults, over and over, until the signal aborts. Leaves the sandbox up and well. */
export async function changeWeather(sandbox: Sandbox, cycleMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const { percent, faults = [] } of CYCLE) {
      if (faults === 'down') await sandbox.goDown();
      else sandbox.setFaults(faults);
      await sleep((cycleMs * percent) / 100, undefined, { signal }).catch(() => {});
      await sandbox.comeUp();
    }
  }
  sandbox.setFaults([]);
}
