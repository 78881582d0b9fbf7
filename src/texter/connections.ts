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
  readonly #all: ReadonlySet<Dispatcher>;
  /** The next to be used is the last: the one that was used last, which is the most likely to be open. */
  readonly #free: Dispatcher[];

  /** undici's Clients, or as often as calls may be under way whatever else knows how to reach Texter. */
  constructor(dispatchers: readonly Dispatcher[]) {
    this.#all = new Set(dispatchers);
    this.#free = [...dispatchers];
  }

  /** One that has no call. Throws a `RangeError` where all have one. */
  take(): Dispatcher {
    const dispatcher = this.#free.pop();
    if (dispatcher === undefined) throw new RangeError('more calls than connections');
    return dispatcher;
  }

  /** `isAnswered`: else the call was given up or failed, and the connection may be busy with what is left of it. */
  giveBack(dispatcher: Dispatcher, isAnswered: boolean): void {
    if (isAnswered) this.#free.push(dispatcher);
    else this.#free.unshift(dispatcher);
  }

  /** Ends the calls that are under way. */
  async destroy(): Promise<void> {
    await Promise.all([...this.#all].map((dispatcher) => dispatcher.destroy()));
  }
}
