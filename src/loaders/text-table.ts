import { fnv1a } from '../fnv1a.ts';

const FIRST_CAPACITY = 65_536;
/** So that places stay what an Int32Array holds. */
const LARGEST_CAPACITY = 2 ** 30;
const FIRST_SLOTS = 1024;
/** Scope, length of the key, length of head and text: four bytes each. */
const HEADER_BYTES = 12;

/** What an entry is found by. Its hash serves every table that is looked through. */
export class TextKey {
  readonly scope: string;
  readonly key: string;
  readonly hash: number;

  constructor(scope: string, key: string) {
    this.scope = scope;
    this.key = key;
    // As an Int32Array keeps it.
    this.hash = fnv1a(key) | 0;
  }
}

/**
 * Texts in one buffer, and one table of their places in it: however many they are, a garbage collection has nothing to copy
 * or to look through. In a Map the keys and the table alone cost it half of what the entries had.
 *
 * What is set takes the place of what was there; the bytes of that are free again when all is cleared.
 */
export class TextTable {
  readonly #maxBytes: number;
  #buffer = Buffer.alloc(0);
  #bytes = 0;
  #entries = 0;
  /**
   * Two numbers a slot: the hash of an entry, and one more than its place; 0 for none. An entry is in the first slot from
   * its hash on that was free. The hash stands here so that entries that only happen to be on the way are not looked at.
   */
  #slots = new Int32Array(2 * FIRST_SLOTS);
  readonly #scopes = new Map<string, number>();

  constructor(maxBytes: number) {
    this.#maxBytes = Math.min(maxBytes, LARGEST_CAPACITY);
  }

  get entries(): number {
    return this.#entries;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The bytes that an entry takes. */
  static sizeOf(key: string, head: string, text: string): number {
    return HEADER_BYTES + Buffer.byteLength(key) + Buffer.byteLength(head) + Buffer.byteLength(text);
  }

  has(key: TextKey): boolean {
    return this.#placeOf(key) !== null;
  }

  /** Head and text, joined. */
  get(key: TextKey): string | null {
    const place = this.#placeOf(key);
    if (place === null) return null;
    const start = place + HEADER_BYTES + this.#buffer.readInt32LE(place + 4);
    return this.#buffer.toString('utf8', start, start + this.#buffer.readInt32LE(place + 8));
  }

  /** `size`: what `sizeOf` gives. False where it does not fit any more. Head and text are joined here, without a copy. */
  set(key: TextKey, head: string, text: string, size: number): boolean {
    const place = this.#bytes;
    if (place + size > this.#maxBytes) return false;
    if (place + size > this.#buffer.length) this.#growBuffer(place + size);
    if (4 * this.#entries >= this.#slots.length) this.#growSlots();
    let scope = this.#scopes.get(key.scope);
    if (scope === undefined) {
      scope = this.#scopes.size;
      this.#scopes.set(key.scope, scope);
    }
    const slot = this.#slotOf(scope, key);
    if (this.#slots[slot + 1] === 0) this.#entries += 1;
    this.#slots[slot] = key.hash;
    this.#slots[slot + 1] = place + 1;
    this.#bytes += size;

    const buffer = this.#buffer;
    const keyEnd = place + HEADER_BYTES + buffer.write(key.key, place + HEADER_BYTES);
    const headEnd = keyEnd + buffer.write(head, keyEnd);
    const end = headEnd + buffer.write(text, headEnd);
    buffer.writeInt32LE(scope, place);
    buffer.writeInt32LE(keyEnd - place - HEADER_BYTES, place + 4);
    buffer.writeInt32LE(end - keyEnd, place + 8);
    return true;
  }

  clear(): void {
    this.#bytes = 0;
    this.#entries = 0;
    this.#slots.fill(0);
    this.#scopes.clear();
  }

  #placeOf(key: TextKey): number | null {
    const scope = this.#scopes.get(key.scope);
    if (scope === undefined) return null;
    const place = this.#slots[this.#slotOf(scope, key) + 1];
    return place ? place - 1 : null;
  }

  /** Where the slot of an entry begins, or the free one that it would go into. */
  #slotOf(scope: number, { key, hash }: TextKey): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (2 * hash) & mask;
    for (let place = slots[slot + 1]; place; place = slots[slot + 1]) {
      if (slots[slot] === hash && this.#isAt(place - 1, scope, key)) break;
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #isAt(place: number, scope: number, key: string): boolean {
    const buffer = this.#buffer;
    const start = place + HEADER_BYTES;
    return (
      buffer.readInt32LE(place) === scope &&
      buffer.toString('utf8', start, start + buffer.readInt32LE(place + 4)) === key
    );
  }

  #growBuffer(needed: number): void {
    const capacity = Math.max(needed, Math.min(2 * this.#buffer.length, this.#maxBytes), FIRST_CAPACITY);
    const grown = Buffer.allocUnsafeSlow(capacity);
    this.#buffer.copy(grown, 0, 0, this.#bytes);
    this.#buffer = grown;
  }

  #growSlots(): void {
    const slots = this.#slots;
    const grown = new Int32Array(2 * slots.length);
    const mask = grown.length - 2;
    for (let from = 0; from < slots.length; from += 2) {
      const [hash = 0, place = 0] = slots.subarray(from, from + 2);
      if (place === 0) continue;
      let slot = (2 * hash) & mask;
      while (grown[slot + 1] !== 0) slot = (slot + 2) & mask;
      grown.set([hash, place], slot);
    }
    this.#slots = grown;
  }
}
