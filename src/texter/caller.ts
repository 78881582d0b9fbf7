import { setMaxListeners } from 'node:events';
import type { CallOptions, CallSignal } from './client.ts';

/** setTimeout fires at once beyond this; nobody waits for 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One who waits, until its signal aborts or its deadline passes. */
export class Caller<Answer> {
  /** Epoch ms. */
  readonly deadline: number;
  readonly #signal: CallSignal | undefined;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #leave: (why: string) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    { signal, deadline = Number.POSITIVE_INFINITY }: CallOptions,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
    leave: (why: string) => void,
  ) {
    this.deadline = deadline;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#leave = leave;
  }

  /** Begins to watch the signal and the clock; `leave` may be called at once. */
  watch(): void {
    const signal = this.#signal;
    const remaining = this.deadline - Date.now();
    if (signal?.aborted) {
      this.#abort();
    } else if (remaining <= 0) {
      this.#expire();
    } else {
      // Node may fire a millisecond early, and whoever is told compares with the clock.
      if (remaining < LONGEST_TIMER_MS) this.#timer = setTimeout(this.#expire, remaining + 1);
      if (signal === undefined) return;
      // One operation has many calls; from the eleventh listener on Node would warn of a leak.
      if (signal instanceof AbortSignal) setMaxListeners(0, signal);
      signal.addEventListener('abort', this.#abort);
    }
  }

  resolve(answer: Answer): void {
    this.#unwatch();
    this.#resolve(answer);
  }

  reject(error: unknown): void {
    this.#unwatch();
    this.#reject(error);
  }

  readonly #abort = () => this.#leave('The caller left.');
  readonly #expire = () => this.#leave("The operation's deadline passed.");

  #unwatch(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#abort);
  }
}
