/** What a bag can hold, one bag at a time. */
export interface Placed {
  /** The bag's own: where it keeps the thing. */
  place: number;
}

/**
 * Things that come and go, in no order: for what holds something of every request while the process lives. A Set will not
 * do there. V8 gives it a new table every few changes, and each old table points to its successor; once one of them has
 * got into the old generation, all that was ever in a later one survives, with whatever hangs on it, until the next full
 * collection. Here that made young collections take six times as long.
 */
export class Bag<Item extends Placed> implements Iterable<Item> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** Adds an item that is not there yet. */
  add(item: Item): void {
    item.place = this.#items.length;
    this.#items.push(item);
  }

  /** Takes an item out; false when it is not there. */
  delete(item: Item): boolean {
    const { place } = item;
    if (this.#items[place] !== item) return false;
    const last = this.#items.pop();
    if (last !== undefined && last !== item) {
      last.place = place;
      this.#items[place] = last;
    }
    return true;
  }

  /** The items as they are now, whatever comes and goes meanwhile. */
  [Symbol.iterator](): Iterator<Item> {
    return [...this.#items][Symbol.iterator]();
  }
}
