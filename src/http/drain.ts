import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Lifecycle } from './lifecycle.ts';

/** What an operation that is cut off has to answer in, ms. */
const CUT_OFF_MS = 250;

/**
 * Waits until what is under way has been answered: at least `delayMs`, in which balancers learn from /ready that
 * they must look elsewhere, and at most `graceMs`. Resolves to whether nothing had to be cut off.
 */
export async function drain(
  lifecycle: Lifecycle,
  { graceMs, delayMs }: Config['shutdown'],
): Promise<boolean> {
  lifecycle.drain();
  const timers = new AbortController();
  const wait = (ms: number) => sleep(ms, undefined, { signal: timers.signal }).catch(() => {});
  try {
    await Promise.race([wait(delayMs).then(() => lifecycle.idle()), wait(graceMs)]);
    if (lifecycle.size === 0) return true;
    lifecycle.cutOff();
    await Promise.race([lifecycle.idle(), wait(CUT_OFF_MS)]);
    lifecycle.answerRest();
    await Promise.race([lifecycle.idle(), wait(CUT_OFF_MS)]);
    return false;
  } finally {
    timers.abort();
  }
}
