const EMPTY = Buffer.alloc(0);
const FIRST_CAPACITY = 65_536;

/**
 * Collects a body. From the second chunk on chunks are copied together: kept as they come, a hostile body of
 * single bytes would hold an object and a whole socket buffer for each of them.
 */
export class BodyBuffer {
  size = 0;
  #bytes: Buffer = EMPTY;

  append(chunk: Buffer): void {
    const size = this.size + chunk.length;
    if (this.size === 0) {
      // The usual answer is one chunk, and costs no copy.
      this.#bytes = chunk;
    } else {
      if (size > this.#bytes.length) {
        const grown = Buffer.allocUnsafe(Math.max(size, 2 * this.#bytes.length, FIRST_CAPACITY));
        this.#bytes.copy(grown, 0, 0, this.size);
        this.#bytes = grown;
      }
      chunk.copy(this.#bytes, this.size);
    }
    this.size = size;
  }

  bytes(): Buffer {
    return this.size === this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, this.size);
  }
}
