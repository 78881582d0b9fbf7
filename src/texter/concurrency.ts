import type { RestCall, Wait } from './call.ts';
import { FairQueue } from './fair-queue.ts';

/** What waiting for a slot came to. */
export type Turn = 'granted' | 'overloaded' | 'cancelled';

/** Who waits for a slot. */
export interface Waiter {
  onTurn(turn: Turn): void;
}

/**
 * At most `limit` calls on the wire, the others in a fair queue behind them. A Pool bounds its connections but
 * not its queue, and knows no operations; a semaphore of a library serves in order of arrival.
 */
export class Concurrency {
  readonly #limit: number;
  readonly #queue: FairQueue<Waiting>;
  #inFlight = 0;

  constructor(limit: number, queueLimit: number) {
    this.#limit = limit;
    this.#queue = new FairQueue(queueLimit, limit);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get queued(): number {
    return this.#queue.size;
  }

  /** Takes a slot if one is free. Who has a slot must `release` it. */
  tryTake(): boolean {
    if (this.#inFlight >= this.#limit) return false;
    this.#inFlight++;
    return true;
  }

  /**
   * Waits for a slot where none is free, and tells `waiter`; `overloaded` at once when the queue is full. A call that others join
   * while it waits stands in the lines of their operations, too: a small one is not to wait in the line of a large one.
   */
  wait(call: RestCall, waiter: Waiter): void {
    new Waiting(call, this.#queue, waiter).begin();
  }

  /** Hands the slot to the next in turn, or frees it. */
  release(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#inFlight--;
    else next.end('granted');
  }
}

/** A call in the queue. */
class Waiting implements Wait {
  readonly #call: RestCall;
  readonly #queue: FairQueue<Waiting>;
  readonly #waiter: Waiter;

  constructor(call: RestCall, queue: FairQueue<Waiting>, waiter: Waiter) {
    this.#call = call;
    this.#queue = queue;
    this.#waiter = waiter;
  }

  begin(): void {
    let hasPlace = false;
    for (const operation of this.#call.operations) {
      if (this.#queue.push(operation, this)) hasPlace = true;
    }
    if (hasPlace) this.#call.wait = this;
    else this.#waiter.onTurn('overloaded');
  }

  onJoin(operation: object): void {
    this.#queue.push(operation, this);
  }

  cancel(): void {
    this.end('cancelled');
  }

  end(turn: Turn): void {
    for (const operation of this.#call.operations) this.#queue.remove(operation, this);
    this.#call.wait = undefined;
    this.#waiter.onTurn(turn);
  }
}
