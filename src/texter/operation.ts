import { setMaxListeners } from 'node:events';
import { Bag, type Placed } from '../bag.ts';
import type { LeaveSignal } from '../leave-signal.ts';

export interface OperationOptions {
  /** The Texter API token, sent as `Authorization: Bearer`. */
  readonly token: string;
  /** Ends the operation's waits; ends a REST call too unless others joined it. Never ends a sent write. */
  readonly signal?: LeaveSignal | undefined;
  /** Epoch ms that no attempt, pause or wait in the queue passes. None when absent. */
  readonly deadline?: number | undefined;
  /** W3C trace context, passed on as a header. */
  readonly traceparent?: string | undefined;
}

/** One who waits for an answer. */
export interface Waiting extends Placed {
  /** Ends the wait. */
  leave(why: string): void;
}

/** setTimeout fires at once beyond this; nobody waits for 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * What calls are made for: on whose behalf, and for how long. The calls of one operation share it, so that the queue serves
 * operations in turn, and one listener and one timer end the waits of all of them.
 */
export class Operation {
  readonly token: string;
  readonly traceparent: string | undefined;
  /** Epoch ms; Infinity for none. */
  readonly deadline: number;
  readonly #signal: LeaveSignal | undefined;
  readonly #waiting = new Bag<Waiting>();
  #timer: NodeJS.Timeout | undefined;
  readonly #expire = () => this.#endAll("The operation's deadline passed.");
  readonly #abort = () => this.#endAll('The caller left.');

  constructor({ token, signal, deadline, traceparent }: OperationOptions) {
    this.token = token;
    this.traceparent = traceparent;
    this.deadline = deadline ?? Number.POSITIVE_INFINITY;
    this.#signal = signal;
  }

  /** Ends the wait when the operation ends, at once if it has. */
  watch(waiting: Waiting): void {
    const remaining = this.deadline - Date.now();
    if (this.#signal?.aborted) {
      waiting.leave('The caller left.');
    } else if (remaining <= 0) {
      waiting.leave("The operation's deadline passed.");
    } else {
      if (this.#waiting.size === 0) this.#begin(remaining);
      this.#waiting.add(waiting);
    }
  }

  /** The wait is over. */
  unwatch(waiting: Waiting): void {
    if (!this.#waiting.delete(waiting) || this.#waiting.size > 0) return;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#abort);
  }

  #begin(remaining: number): void {
    // Node may fire a millisecond early, and whoever is told compares with the clock.
    if (remaining < LONGEST_TIMER_MS) this.#timer = setTimeout(this.#expire, remaining + 1);
    // Operations may share a signal, and from the eleventh listener on Node would warn of a leak.
    if (this.#signal instanceof AbortSignal) setMaxListeners(0, this.#signal);
    this.#signal?.addEventListener('abort', this.#abort);
  }

  #endAll(why: string): void {
    for (const waiting of this.#waiting) waiting.leave(why);
  }
}
