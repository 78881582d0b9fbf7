import type { LeaveSignal } from '../leave-signal.ts';
import type { CallOptions } from './client.ts';
import { TexterError } from './errors.ts';
import { Patience, type Waiting } from './patience.ts';

/** One who waits for a call's answer, until its signal aborts or its deadline passes. */
export class Caller<Answer> implements Waiting {
  readonly signal: LeaveSignal | undefined;
  /** Epoch ms. */
  readonly deadline: number;
  readonly #options: CallOptions<Answer>;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #call: Leavable<Answer>;
  #patience: Patience | undefined;

  constructor(
    call: Leavable<Answer>,
    options: CallOptions<Answer>,
    resolve: (answer: Answer) => void,
    reject: (error: unknown) => void,
  ) {
    this.signal = options.signal;
    this.deadline = options.deadline ?? Number.POSITIVE_INFINITY;
    this.#call = call;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Begins to watch the signal and the clock; `leave` may be called at once. */
  watch(): void {
    this.#patience = Patience.of(this);
  }

  leave(why: string): void {
    this.#call.leave(this, why);
  }

  /** `bytes`: the size of what the answer was decoded from. */
  resolve(answer: Answer, bytes: number): void {
    this.#patience?.end(this);
    try {
      this.#options.onAnswer?.(answer, bytes);
      this.#resolve(answer);
    } catch (error) {
      // No concern of the others who wait for the call.
      this.#reject(error);
    }
  }

  reject(error: unknown): void {
    this.#patience?.end(this);
    this.#reject(errorFor(this.#options, error));
  }
}

/** What a caller sees of an error. */
export function errorFor(options: Pick<CallOptions, 'asError'>, error: unknown): unknown {
  return error instanceof TexterError ? (options.asError?.(error) ?? error) : error;
}

/** What a caller waits for, and may leave. */
export interface Leavable<Answer> {
  leave(caller: Caller<Answer>, why: string): void;
}
