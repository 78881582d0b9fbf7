/**
 * Counts what happened in the last `windowMs`, in ten slices. Rounds up: up to a slice more than the window is
 * counted, never less. Times are ms of any one clock that does not go back.
 */
export class RollingCount {
  readonly #sliceMs: number;
  /** Eleven: ten whole slices behind the one that is filling. */
  readonly #counts = new Float64Array(11);
  #slice = 0;

  constructor(windowMs: number) {
    this.#sliceMs = windowMs / 10;
  }

  add(now: number): void {
    this.#advance(now);
    const index = this.#slice % this.#counts.length;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  total(now: number): number {
    this.#advance(now);
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  reset(): void {
    this.#counts.fill(0);
  }

  #advance(now: number): void {
    const slice = Math.floor(now / this.#sliceMs);
    const stale = Math.min(slice - this.#slice, this.#counts.length);
    for (let back = 0; back < stale; back++) this.#counts[(slice - back) % this.#counts.length] = 0;
    if (slice > this.#slice) this.#slice = slice;
  }
}
