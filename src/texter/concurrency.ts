import type { RestCall } from './call.ts';
import { FairQueue } from './fair-queue.ts';

/** What waiting for a slot came to. */
export type Turn = 'granted' | 'overloaded' | 'cancelled';

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
   * Waits for a slot; `overloaded` at once when the queue is full. A call that others join while it waits
   * stands in the lines of their operations, too: a small one is not to wait in the line of a large one.
   */
  take(call: RestCall): Promise<Turn> {
    return new Promise((resolve) => {
      if (this.tryTake()) resolve('granted');
      else new Waiting(call, this.#queue, resolve).begin();
    });
  }

  /** Hands the slot to the next in turn, or frees it. */
  release(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#inFlight--;
    else next.end('granted');
  }
}

/** A call in the queue. */
class Waiting {
  readonly #call: RestCall;
  readonly #queue: FairQueue<Waiting>;
  readonly #resolve: (turn: Turn) => void;

  constructor(call: RestCall, queue: FairQueue<Waiting>, resolve: (turn: Turn) => void) {
    this.#call = call;
    this.#queue = queue;
    this.#resolve = resolve;
  }

  begin(): void {
    let hasPlace = false;
    for (const operation of this.#call.operations) {
      if (this.#queue.push(operation, this)) hasPlace = true;
    }
    if (hasPlace) {
      this.#call.onJoin = (operation) => this.#queue.push(operation, this);
      this.#call.onCancel = () => this.end('cancelled');
    } else {
      this.#resolve('overloaded');
    }
  }

  end(turn: Turn): void {
    for (const operation of this.#call.operations) this.#queue.remove(operation, this);
    this.#call.onCancel = undefined;
    this.#call.onJoin = undefined;
    this.#resolve(turn);
  }
}
