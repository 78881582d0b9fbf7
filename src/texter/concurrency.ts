import type { RestCall } from './call.ts';
import { FairQueue } from './fair-queue.ts';

/** What waiting for a slot came to. */
export type Turn = 'granted' | 'overloaded' | 'cancelled';

interface Waiting {
  grant(): void;
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
   * Waits for a slot; `overloaded` at once when the queue is full. A call that others join while it waits
   * stands in the lines of their operations, too: a small one is not to wait in the line of a large one.
   */
  take(call: RestCall): Promise<Turn> {
    return new Promise((resolve) => {
      if (this.tryTake()) return resolve('granted');
      const end = (turn: Turn) => {
        for (const operation of call.operations) this.#queue.remove(operation, waiting);
        call.onCancel = undefined;
        call.onJoin = undefined;
        resolve(turn);
      };
      const waiting = { grant: () => end('granted') };
      const places = [...call.operations].map((operation) => this.#queue.push(operation, waiting));
      if (!places.includes(true)) return resolve('overloaded');
      call.onJoin = (operation) => this.#queue.push(operation, waiting);
      call.onCancel = () => end('cancelled');
    });
  }

  /** Hands the slot to the next in turn, or frees it. */
  release(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#inFlight--;
    else next.grant();
  }
}
