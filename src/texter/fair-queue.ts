/**
 * A bounded queue that serves operations in turn, so that a large one does not starve small ones.
 *
 * Of one operation at most `perOperation` items count towards the bound; the rest wait inside the operation,
 * whose own budget bounds them. Within an operation the order is first in, first out.
 */
export class FairQueue<Item> {
  readonly #limit: number;
  readonly #perOperation: number;
  /** In the order of their next turn; an operation without items is not in it. */
  readonly #lanes = new Map<object, Set<Item>>();
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
    const lane = this.#lanes.get(operation);
    if (lane?.has(item)) return true;
    const counts = (lane?.size ?? 0) < this.#perOperation;
    if (counts && this.#size >= this.#limit) return false;
    if (counts) this.#size++;
    if (lane === undefined) this.#lanes.set(operation, new Set([item]));
    else lane.add(item);
    return true;
  }

  /** Takes the first item of the operation whose turn it is, which then goes to the end of the line. */
  shift(): Item | undefined {
    const [next] = this.#lanes;
    if (next === undefined) return undefined;
    const [operation, lane] = next;
    const [item] = lane;
    this.#lanes.delete(operation);
    this.#lanes.set(operation, lane);
    if (item !== undefined) this.remove(operation, item);
    return item;
  }

  remove(operation: object, item: Item): void {
    const lane = this.#lanes.get(operation);
    if (lane === undefined || !lane.delete(item)) return;
    // One that waited inside the operation takes the place of the one that left.
    if (lane.size < this.#perOperation) this.#size--;
    if (lane.size === 0) this.#lanes.delete(operation);
  }
}
