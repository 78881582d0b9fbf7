import { constants } from 'node:os';
import type { Logger } from './log.ts';

/** Under npm one Ctrl-C arrives twice, from the terminal and passed on by npm, within so many ms. */
const ECHO_MS = 100;

/**
 * The first SIGTERM or SIGINT stops and ends the process, with 0 when `stop` resolves to true and 1 when not; a
 * second one ends it at once.
 */
export function stopOnSignals(stop: () => Promise<boolean>, log: Logger): void {
  let first: { readonly signal: NodeJS.Signals; readonly at: number } | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      const at = performance.now();
      if (first !== undefined) {
        if (signal === 'SIGINT' && first.signal === signal && at - first.at < ECHO_MS) return;
        process.exit(128 + constants.signals[signal]);
      }
      first = { signal, at };
      log.info({ signal }, 'stopping: what is under way is answered first');
      const whole = await stop();
      log.info({ whole }, 'stopped');
      process.exit(whole ? 0 : 1);
    });
  }
}
