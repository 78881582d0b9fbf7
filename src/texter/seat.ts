import type { Caller } from './client.ts';
import type { Waiting } from './operation.ts';

/** The place of one who waits for a call's answer, until its operation's signal aborts or deadline passes. */
export class Seat<Answer> implements Waiting {
  place = 0;
  readonly caller: Caller<Answer>;
  readonly #call: Leavable<Answer>;

  constructor(call: Leavable<Answer>, caller: Caller<Answer>) {
    this.#call = call;
    this.caller = caller;
  }

  /** Epoch ms. */
  get deadline(): number {
    return this.caller.operation.deadline;
  }

  /** Takes the place; `leave` may be called at once. */
  take(): void {
    this.caller.operation.watch(this);
  }

  leave(why: string): void {
    this.#call.leave(this, why);
  }

  /** `text`: what the answer was decoded from. */
  resolve(answer: Answer, text: string): void {
    this.caller.operation.unwatch(this);
    try {
      this.caller.onAnswer(answer, text);
    } catch (error) {
      // No concern of the others who wait for the call.
      this.caller.onError(error);
    }
  }

  reject(error: unknown): void {
    this.caller.operation.unwatch(this);
    this.caller.onError(error);
  }
}

/** What a caller waits for, and may leave. */
export interface Leavable<Answer> {
  leave(seat: Seat<Answer>, why: string): void;
}
