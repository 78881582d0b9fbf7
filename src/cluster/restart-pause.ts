/** Deaths that are closer to one another than this count as a crash loop, ms. */
const QUIET_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** How long to wait before a dead process is replaced: not at all, but ever longer where one death follows another. */
export class RestartPause {
  #lastDeath = Number.NEGATIVE_INFINITY;
  #pauseMs = 0;

  /** Ms to wait after a death at `now` (ms of any clock that does not jump). */
  next(now: number): number {
    const loop = now - this.#lastDeath < QUIET_MS;
    this.#lastDeath = now;
    this.#pauseMs = loop ? Math.min(Math.max(FIRST_PAUSE_MS, this.#pauseMs * 2), LONGEST_PAUSE_MS) : 0;
    return this.#pauseMs;
  }
}
