/**
 * A 32-bit hash of the parts (FNV-1a, then murmur3's finaliser, because FNV alone leaves neighbouring
 * indices correlated). It makes generated data addressable: the random stream of "conversation 812 of
 * this chat" can be opened without generating the 811 before it.
 */
export function hash(...parts: readonly (string | number)[]): number {
  let state = 0x811c9dc5;
  const text = parts.join('\u0000');
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** Bytes as digits. A table, because ids are most of what generating a message costs. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A seeded stream of random values (mulberry32): the same seed gives the same values on every machine. */
export class Random {
  #state: number;

  constructor(...seed: readonly (string | number)[]) {
    this.#state = hash(...seed);
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return (value ^ (value >>> 14)) >>> 0;
  }

  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean {
    return this.#next() < probability * 2 ** 32;
  }

  /** An integer from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + (this.#next() % (max - min + 1));
  }

  /** One element of a list that has some. */
  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.integer(0, list.length - 1)] ?? list[0];
  }

  /** Lower-case hexadecimal digits: 24 look like an id of Texter, 64 like a bot session's. */
  hex(length: number): string {
    let digits = '';
    while (digits.length < length) digits += HEX[this.#next() >>> 24];
    return digits.slice(0, length);
  }

  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[] {
    const keyed = list.map((item) => ({ item, key: this.#next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }
}
