/**
 * Things that come and go, in no order: for what holds something of every request while the process lives. A Set will not
 * do there. V8 gives it a new table every few changes, and each old table points to its successor; once one of them has
 * got into the old generation, all that was ever in a later one survives, with whatever hangs on it, until the next full
 * collection. Here that made young collections take six times as long.
 */
export class Bag<Item extends object> implements Iterable<Item> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** Adds an item that is not there yet. */
  add(item: Item): void {
    this.#items.push(item);
  }

  /** Takes time in proportion to the size. */
  delete(item: Item): void {
    const at = this.#items.indexOf(item);
    if (at === -1) return;
    const last = this.#items.pop();
    if (last !== undefined && last !== item) this.#items[at] = last;
  }

  /** The items as they are now, whatever comes and goes meanwhile. */
  [Symbol.iterator](): Iterator<Item> {
    return [...this.#items][Symbol.iterator]();
  }
}
