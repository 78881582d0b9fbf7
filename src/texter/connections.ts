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
  readonly #all: Set<Dispatcher>;
  /** The next to be used is the last: the one that was used last, which is the most likely to be open. */
  readonly #free: Dispatcher[];
  #isDestroyed = false;

  /** `open` makes one, an undici Client; or returns what knows how to reach Texter for all of them. */
  constructor(count: number, open: () => Dispatcher) {
    this.#open = open;
    this.#free = Array.from({ length: count }, open);
    this.#all = new Set(this.#free);
  }

  /** One that has no call. Throws a `RangeError` where all have one. */
  take(): Dispatcher {
    const dispatcher = this.#free.pop();
    if (dispatcher === undefined) throw new RangeError('more calls than connections');
    return dispatcher;
  }

  /** Its call was answered. */
  giveBack(dispatcher: Dispatcher): void {
    this.#free.push(dispatcher);
  }

  /**
   * Its call failed or was given up. Another takes its place, last in line because it is not open yet: this one may still
   * be busy with what is left of the call, and after a certificate of another host undici's Client never sends again.
   */
  replace(dispatcher: Dispatcher): void {
    const other = this.#isDestroyed ? dispatcher : this.#open();
    this.#free.unshift(other);
    if (other === dispatcher) return;
    this.#all.delete(dispatcher);
    this.#all.add(other);
    // Not in undici's own stack, where it is told that the call failed.
    queueMicrotask(() => dispatcher.destroy());
  }

  /** Ends the calls that are under way, and all to come. */
  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    await Promise.all([...this.#all].map((dispatcher) => dispatcher.destroy()));
  }
}
