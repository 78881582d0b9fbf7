import type { RestCall, Wait } from './call.ts';
import { FairQueue } from './fair-queue.ts';

/** What waiting for a slot came to. */
export type Turn = 'granted' | 'overloaded' | 'cancelled';

/** Who is told when a call that waited has its turn. */
export interface TurnListener {
  onTurn(call: RestCall, turn: Turn): void;
}

/**
 * At most `limit` calls on the wire, the others in a fair queue behind them. A Pool bounds its connections but
 * not its queue, and knows no operations; a semaphore of a library serves in order of arrival.
 */
export class Concurrency implements Wait {
  readonly #limit: number;
  readonly #queue: FairQueue<RestCall>;
  readonly #listener: TurnListener;
  #inFlight = 0;

  constructor(limit: number, queueLimit: number, listener: TurnListener) {
    this.#limit = limit;
    this.#queue = new FairQueue(queueLimit, limit);
    this.#listener = listener;
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
   * Waits for a slot where none is free; `overloaded` at once when the queue is full. A call that others join
   * while it waits stands in the lines of their operations, too: a small one is not to wait in the line of a large one.
   */
  wait(call: RestCall): void {
    let hasPlace = false;
    for (const operation of call.operations) {
      if (this.#queue.push(operation, call)) hasPlace = true;
    }
    if (hasPlace) call.wait = this;
    else this.#listener.onTurn(call, 'overloaded');
  }

  /** Hands the slot to the next in turn, or frees it. */
  release(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#inFlight--;
    else this.#end(next, 'granted');
  }

  onJoin(call: RestCall, operation: object): void {
    this.#queue.push(operation, call);
  }

  cancel(call: RestCall): void {
    this.#end(call, 'cancelled');
  }

  #end(call: RestCall, turn: Turn): void {
    const { operations } = call;
    // Who has its turn stands no more in the line that the turn was of.
    if (turn !== 'granted' || operations.length > 1) {
      for (const operation of operations) this.#queue.remove(operation, call);
    }
    call.wait = undefined;
    this.#listener.onTurn(call, turn);
  }
}
