import { setMaxListeners } from 'node:events';
import { Bag } from '../bag.ts';
import type { LeaveSignal } from '../leave-signal.ts';

/** setTimeout fires at once beyond this; nobody waits for 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One who waits for an answer. */
export interface Waiting {
  readonly signal: LeaveSignal | undefined;
  /** Epoch ms; Infinity for none. */
  readonly deadline: number;
  /** Ends the wait. */
  leave(why: string): void;
}

/**
 * How long callers wait: until their signal aborts or their deadline passes. The calls of one operation share both, so
 * that one listener and one timer serve all of them.
 */
export class Patience {
  static readonly #bySignal = new WeakMap<LeaveSignal, Patience>();

  readonly #signal: LeaveSignal | undefined;
  readonly #deadline: number;
  readonly #waiting = new Bag<Waiting>();
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #expire = () => this.#endAll("The operation's deadline passed.");
  readonly #abort = () => this.#endAll('The caller left.');

  private constructor(signal: LeaveSignal | undefined, deadline: number, remaining: number) {
    this.#signal = signal;
    this.#deadline = deadline;
    // Node may fire a millisecond early, and whoever is told compares with the clock.
    if (remaining < LONGEST_TIMER_MS) this.#timer = setTimeout(this.#expire, remaining + 1);
    signal?.addEventListener('abort', this.#abort);
  }

  /** Begins to watch for a caller until `end`; undefined when it has left already, which it is told. */
  static of(waiting: Waiting): Patience | undefined {
    const { signal, deadline } = waiting;
    const remaining = deadline - Date.now();
    if (signal?.aborted) {
      waiting.leave('The caller left.');
      return undefined;
    }
    if (remaining <= 0) {
      waiting.leave("The operation's deadline passed.");
      return undefined;
    }
    let patience = signal && Patience.#bySignal.get(signal);
    if (patience === undefined || patience.#deadline !== deadline) {
      // From the eleventh listener on Node would warn of a leak.
      if (patience !== undefined && signal instanceof AbortSignal) setMaxListeners(0, signal);
      patience = new Patience(signal, deadline, remaining);
      if (signal !== undefined) Patience.#bySignal.set(signal, patience);
    }
    patience.#waiting.add(waiting);
    return patience;
  }

  /** The wait is over. */
  end(waiting: Waiting): void {
    this.#waiting.delete(waiting);
    if (this.#waiting.size > 0) return;
    clearTimeout(this.#timer);
    const signal = this.#signal;
    if (signal === undefined) return;
    signal.removeEventListener('abort', this.#abort);
    if (Patience.#bySignal.get(signal) === this) Patience.#bySignal.delete(signal);
  }

  #endAll(why: string): void {
    for (const waiting of this.#waiting) waiting.leave(why);
  }
}
