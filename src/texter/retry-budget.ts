import { RollingCount } from './rolling-count.ts';

const WINDOW_MS = 10_000;
const SHARE_OF_READS = 0.1;

/**
 * Bounds retries to a tenth of the reads of the last 10 s, and to `floor` where that is more, so that an outage
 * is not amplified. Times are ms of a clock that does not go back.
 */
export class RetryBudget {
  readonly #floor: number;
  readonly #reads = new RollingCount(WINDOW_MS);
  readonly #retries = new RollingCount(WINDOW_MS);

  constructor(floor: number) {
    this.#floor = floor;
  }

  countRead(now: number): void {
    this.#reads.add(now);
  }

  /** Spends one retry, if there is one. */
  take(now: number): boolean {
    const allowed = Math.max(this.#floor, this.#reads.total(now) * SHARE_OF_READS);
    if (this.#retries.total(now) + 1 > allowed) return false;
    this.#retries.add(now);
    return true;
  }
}
