import type { RestCall, WireStatus } from './call.ts';
import { RollingCount } from './rolling-count.ts';

export type BreakerState = 'closed' | 'half-open' | 'open';

export interface BreakerOptions {
  /** Calls in the window below which it never opens. Default 20. */
  readonly minimumCalls?: number;
  /** Ms over which calls are counted. Default 10000. */
  readonly windowMs?: number;
  /** Ms from opening to the first probe; doubles with each probe that fails. Default 5000. */
  readonly probeAfterMs?: number;
  /** Longest ms between probes. Default 60000. */
  readonly maxProbeAfterMs?: number;
}

/**
 * Keeps calls from an endpoint that does not work. Opens when at least half of the counted calls failed (5xx,
 * broken, timeout), lets one probe through after a while, and closes when that is answered.
 *
 * Not cockatiel's: there callers wait for the probe's end instead of being answered at once, a probe whose
 * caller left closes the circuit, and "half failed" does not open it.
 */
export class Breaker {
  readonly #minimumCalls: number;
  readonly #probeAfterMs: number;
  readonly #maxProbeAfterMs: number;
  readonly #onState: (state: BreakerState) => void;
  readonly #calls: RollingCount;
  readonly #failures: RollingCount;
  #state: BreakerState = 'closed';
  #probe: RestCall | undefined;
  #probeAt = 0;
  #waitMs = 0;

  constructor(options: BreakerOptions, onState: (state: BreakerState) => void) {
    const { minimumCalls = 20, windowMs = 10_000, probeAfterMs = 5000, maxProbeAfterMs = 60_000 } = options;
    this.#minimumCalls = minimumCalls;
    this.#probeAfterMs = probeAfterMs;
    this.#maxProbeAfterMs = maxProbeAfterMs;
    this.#onState = onState;
    this.#calls = new RollingCount(windowMs);
    this.#failures = new RollingCount(windowMs);
  }

  /** Whether a call may not be sent now. `now` is ms of a clock that does not go back, here and below. */
  refuses(now: number): boolean {
    if (this.#state === 'closed') return false;
    return this.#probe !== undefined || now < this.#probeAt;
  }

  /** A call that was not refused is being sent: while not closed it is the probe. */
  enter(call: RestCall): void {
    if (this.#state === 'closed') return;
    this.#probe = call;
    this.#become('half-open');
  }

  /** What came of a call that had entered. One that was given up says nothing either way. */
  record(call: RestCall, status: WireStatus, now: number): void {
    const failed =
      status === 'timeout' || status === 'broken' || (typeof status === 'number' && status >= 500);
    if (call === this.#probe) {
      this.#probe = undefined;
      if (status === 'aborted') return;
      if (failed) this.#open(Math.min(this.#waitMs * 2, this.#maxProbeAfterMs), now);
      else this.#close();
    } else if (this.#state === 'closed' && status !== 'aborted') {
      this.#calls.add(now);
      if (failed) this.#countFailure(now);
    }
  }

  #countFailure(now: number): void {
    this.#failures.add(now);
    const calls = this.#calls.total(now);
    if (calls < this.#minimumCalls || this.#failures.total(now) * 2 < calls) return;
    this.#open(this.#probeAfterMs, now);
  }

  #open(waitMs: number, now: number): void {
    this.#waitMs = waitMs;
    this.#probeAt = now + waitMs;
    this.#become('open');
  }

  #close(): void {
    this.#calls.reset();
    this.#failures.reset();
    this.#become('closed');
  }

  #become(state: BreakerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onState(state);
  }
}
