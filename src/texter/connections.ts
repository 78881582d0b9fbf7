import type { Dispatcher } from 'undici';

/**
 * Connections for one call at a time each, as many as calls may be under way. Not a Pool: that hands out a connection when
 * undici has found it idle, which is after the turn of its answer; one whose next call is there when the turn ends need
 * not be unreferenced, timed, announced and found again, which is a twentieth of what a small call costs.
 *
 * No sooner: a call that undici is given while it still reads the answer before is sent without a look at the socket, on
 * which there may be an end, or an answer that nobody asked for and that would be taken for this call's.
 */
export class Connections {
  readonly #open: () => Dispatcher;
  readonly #all = new Set<Dispatcher>();
  /** The next to be used is the last: the one that was used last, which is the most likely to be open. */
  readonly #free: Dispatcher[];
  /** They could not connect. Not used again: after the certificate of another host undici's Client never sends. */
  readonly #failed = new WeakSet<Dispatcher>();
  #isDestroyed = false;

  /** `open` makes one, an undici Client; or returns what knows how to reach Texter for all of them. */
  constructor(count: number, open: () => Dispatcher) {
    this.#open = open;
    this.#free = Array.from({ length: count }, () => this.#add());
  }

  /** One that has no call. Throws a `RangeError` where all have one. */
  take(): Dispatcher {
    const dispatcher = this.#free.pop();
    if (dispatcher === undefined) throw new RangeError('more calls than connections');
    if (this.#isDestroyed || !this.#failed.has(dispatcher)) return dispatcher;
    const other = this.#add();
    if (other !== dispatcher) this.#all.delete(dispatcher);
    return other;
  }

  /** `isAnswered`: else its call failed or was given up, and it may be busy with what is left of that: it is used last. */
  giveBack(dispatcher: Dispatcher, isAnswered: boolean): void {
    if (isAnswered) this.#free.push(dispatcher);
    else this.#free.unshift(dispatcher);
  }

  /** Ends the calls that are under way, and all to come. */
  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    await Promise.all([...this.#all].map((dispatcher) => dispatcher.destroy()));
  }

  #add(): Dispatcher {
    const dispatcher = this.#open();
    if (!this.#all.has(dispatcher)) dispatcher.on('connectionError', () => this.#failed.add(dispatcher));
    this.#all.add(dispatcher);
    return dispatcher;
  }
}
