import { fnv1a } from '../fnv1a.ts';

const FIRST_CAPACITY = 65_536;
/** So that places stay what an Int32Array holds. */
const LARGEST_CAPACITY = 2 ** 30;
const FIRST_SLOTS = 1024;
/** Size of the entry, scope, length of the name, length of head and text: four bytes each. */
const HEADER_BYTES = 16;
/** Sizes are multiples of it, so that a text that grew by a digit still goes into the place of the one before it. */
const SIZE_STEP = 32;
/** Spreads scope numbers over all bits: 2 to the 32nd by the golden ratio. */
const SCOPE_FACTOR = 0x9e3779b1;

/** What an entry is found by. The hash of the name, without the scope, serves every table that is looked through. */
export class TextKey {
  readonly scope: string;
  readonly name: string;
  readonly hash: number;

  constructor(scope: string, name: string) {
    this.scope = scope;
    this.name = name;
    this.hash = fnv1a(name);
  }
}

/**
 * Texts in one buffer, and one table of their places in it: however many they are, a garbage collection has nothing to copy
 * or to look through. A Map of places, whose keys and table V8 does look through, was half as dear as a Map of values.
 *
 * A text that is set for a key again goes into the place of the one before it where it fits; else the bytes of that are
 * free again when all is cleared.
 */
export class TextTable {
  /** The largest size of an entry. */
  readonly maxBytes: number;
  #buffer = Buffer.alloc(0);
  #bytes = 0;
  #entries = 0;
  /**
   * Pairs of numbers: the hash of an entry, and one more than its place; 0 for none. An entry is in the first pair from its
   * hash on that was free. The hash stands here so that the buffer is not looked into for entries that are only on the way.
   */
  #slots = new Int32Array(2 * FIRST_SLOTS);
  readonly #scopes = new Map<string, number>();

  constructor(maxBytes: number) {
    this.maxBytes = Math.min(maxBytes, LARGEST_CAPACITY);
  }

  get entries(): number {
    return this.#entries;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The bytes that an entry takes. */
  static sizeOf(name: string, head: string, text: string): number {
    const bytes = HEADER_BYTES + Buffer.byteLength(name) + Buffer.byteLength(head) + Buffer.byteLength(text);
    return Math.ceil(bytes / SIZE_STEP) * SIZE_STEP;
  }

  /** Whether an entry of this size can be added. */
  hasRoomFor(size: number): boolean {
    return this.#bytes + size <= this.maxBytes;
  }

  has(key: TextKey): boolean {
    return this.#placeOf(key) !== null;
  }

  /** Head and text, joined. */
  get(key: TextKey): string | null {
    const place = this.#placeOf(key);
    if (place === null) return null;
    const start = place + HEADER_BYTES + this.#buffer.readInt32LE(place + 8);
    return this.#buffer.toString('utf8', start, start + this.#buffer.readInt32LE(place + 12));
  }

  /** Writes an entry of this `sizeOf` into the place of the one there is; false where there is none, or a smaller one. */
  replace(key: TextKey, head: string, text: string, size: number): boolean {
    const place = this.#placeOf(key);
    if (place === null) return false;
    const room = this.#buffer.readInt32LE(place);
    if (room < size) return false;
    this.#write(place, room, this.#buffer.readInt32LE(place + 4), key.name, head, text);
    return true;
  }

  /** Adds an entry of this `sizeOf`, for which there must be room. Head and text are joined here, without a copy. */
  add(key: TextKey, head: string, text: string, size: number): void {
    const place = this.#bytes;
    if (place + size > this.#buffer.length) this.#growBuffer(place + size);
    if (this.#isHalfFull) this.#growSlots();
    let scope = this.#scopes.get(key.scope);
    if (scope === undefined) {
      scope = this.#scopes.size;
      this.#scopes.set(key.scope, scope);
    }
    const hash = hashIn(scope, key);
    const slot = this.#slotOf(scope, key, hash);
    if (this.#slots[slot + 1] === 0) this.#entries += 1;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = place + 1;
    this.#write(place, size, scope, key.name, head, text);
    this.#bytes += size;
  }

  /** Lets go of memory that was for much more than there has been since. */
  clear(): void {
    if (4 * this.#bytes < this.#buffer.length) this.#buffer = Buffer.alloc(0);
    if (this.#slots.length > 2 * FIRST_SLOTS && 16 * this.#entries < this.#slots.length) {
      this.#slots = new Int32Array(2 * FIRST_SLOTS);
    } else {
      this.#slots.fill(0);
    }
    this.#bytes = 0;
    this.#entries = 0;
    this.#scopes.clear();
  }

  #write(place: number, size: number, scope: number, name: string, head: string, text: string): void {
    const buffer = this.#buffer;
    const nameEnd = place + HEADER_BYTES + buffer.write(name, place + HEADER_BYTES);
    const headEnd = nameEnd + buffer.write(head, nameEnd);
    const end = headEnd + buffer.write(text, headEnd);
    buffer.writeInt32LE(size, place);
    buffer.writeInt32LE(scope, place + 4);
    buffer.writeInt32LE(nameEnd - place - HEADER_BYTES, place + 8);
    buffer.writeInt32LE(end - nameEnd, place + 12);
  }

  #placeOf(key: TextKey): number | null {
    const scope = this.#scopes.get(key.scope);
    if (scope === undefined) return null;
    const place = this.#slots[this.#slotOf(scope, key, hashIn(scope, key)) + 1];
    return place ? place - 1 : null;
  }

  /** Where the pair of an entry begins, or the free one that it would go into. */
  #slotOf(scope: number, { name }: TextKey, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (2 * hash) & mask;
    for (let place = slots[slot + 1]; place; place = slots[slot + 1]) {
      if (slots[slot] === hash && this.#isAt(place - 1, scope, name)) break;
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #isAt(place: number, scope: number, name: string): boolean {
    const buffer = this.#buffer;
    const start = place + HEADER_BYTES;
    return (
      buffer.readInt32LE(place + 4) === scope &&
      buffer.toString('utf8', start, start + buffer.readInt32LE(place + 8)) === name
    );
  }

  get #isHalfFull(): boolean {
    return 4 * this.#entries >= this.#slots.length;
  }

  #growBuffer(needed: number): void {
    const capacity = Math.max(needed, Math.min(2 * this.#buffer.length, this.maxBytes), FIRST_CAPACITY);
    const grown = Buffer.allocUnsafeSlow(capacity);
    this.#buffer.copy(grown, 0, 0, this.#bytes);
    this.#buffer = grown;
  }

  #growSlots(): void {
    const slots = this.#slots;
    const grown = new Int32Array(2 * slots.length);
    const mask = grown.length - 2;
    for (let from = 0; from < slots.length; from += 2) {
      const place = slots[from + 1] ?? 0;
      if (place === 0) continue;
      const hash = slots[from] ?? 0;
      let slot = (2 * hash) & mask;
      while (grown[slot + 1] !== 0) slot = (slot + 2) & mask;
      grown[slot] = hash;
      grown[slot + 1] = place;
    }
    this.#slots = grown;
  }
}

/** One chat that many credentials see is to be found as fast as many chats. Signed, as an Int32Array has it. */
function hashIn(scope: number, { hash }: TextKey): number {
  return hash ^ Math.imul(scope, SCOPE_FACTOR);
}
