/**
 * A bounded queue that serves operations in turn, so that a large one does not starve small ones.
 *
 * Of one operation at most `perOperation` items count towards the bound; the rest wait inside the operation,
 * whose own budget bounds them. Within an operation the order is first in, first out.
 */
export class FairQueue<Item> {
  readonly #limit: number;
  readonly #perOperation: number;
  /** In the order of their next turn; an operation without items is not in it. Not a Map: see Bag. */
  readonly #lanes: Lane<Item>[] = [];
  #size = 0;

  constructor(limit: number, perOperation: number) {
    this.#limit = limit;
    this.#perOperation = perOperation;
  }

  /** How many items count towards the bound. */
  get size(): number {
    return this.#size;
  }

  /** Adds an item, unless it is there; false when the queue is full. */
  push(operation: object, item: Item): boolean {
    const lane = this.#laneOf(operation);
    if (lane?.items.includes(item)) return true;
    const counts = (lane?.items.length ?? 0) < this.#perOperation;
    if (counts && this.#size >= this.#limit) return false;
    if (counts) this.#size++;
    if (lane === undefined) this.#lanes.push({ operation, items: [item] });
    else lane.items.push(item);
    return true;
  }

  /** Takes the first item of the operation whose turn it is, which then goes to the end of the line. */
  shift(): Item | undefined {
    const lane = this.#lanes.shift();
    if (lane === undefined) return undefined;
    const item = lane.items.shift();
    this.#taken(lane);
    if (lane.items.length > 0) this.#lanes.push(lane);
    return item;
  }

  remove(operation: object, item: Item): void {
    const lane = this.#laneOf(operation);
    const at = lane?.items.indexOf(item) ?? -1;
    if (lane === undefined || at === -1) return;
    lane.items.splice(at, 1);
    this.#taken(lane);
    if (lane.items.length === 0) this.#lanes.splice(this.#lanes.indexOf(lane), 1);
  }

  #taken({ items }: Lane<Item>): void {
    // One that waited inside the operation takes the place of the one that left.
    if (items.length < this.#perOperation) this.#size--;
  }

  #laneOf(operation: object): Lane<Item> | undefined {
    return this.#lanes.find((lane) => lane.operation === operation);
  }
}

/** The items of one operation, first in, first out. An operation has few, so that a Set, which has to hash them, is slower. */
interface Lane<Item> {
  readonly operation: object;
  readonly items: Item[];
}
