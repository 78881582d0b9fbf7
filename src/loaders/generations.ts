/** What is kept knows its size. */
export interface Sized {
  readonly bytes: number;
}

/**
 * A cache that forgets by halves. What is set goes into the present generation; when that is half as large as all may be, it
 * becomes the past one, and what was in that and has not been asked for since is forgotten. So at least as much as half of
 * the bounds is what was used last, and the bounds hold.
 *
 * Not lru-cache, whose order costs a little for each entry that comes and goes: an inbox whose chats are all new puts in
 * thirty and pushes out thirty, and one by one they were a sixth of its CPU time, most of it garbage collection.
 *
 * Entries have a scope and a key, so that no third string has to be made of both.
 */
export class Generations<Value extends Sized> {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  #present = new Generation<Value>();
  #past = new Generation<Value>();

  constructor(maxEntries: number, maxBytes: number) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
  }

  /** What is held; an entry that is in both generations counts twice. */
  get entries(): number {
    return this.#present.entries + this.#past.entries;
  }

  /** Of what is held. */
  get bytes(): number {
    return this.#present.bytes + this.#past.bytes;
  }

  get(scope: string, key: string): Value | undefined {
    const present = this.#present.get(scope, key);
    if (present !== undefined) return present;
    const past = this.#past.get(scope, key);
    if (past !== undefined) this.set(scope, key, past);
    return past;
  }

  /** Puts an entry in the place of the one there was. One that is larger than all may be is not for this cache. */
  set(scope: string, key: string, value: Value): void {
    const { entries, bytes } = this.#present;
    if (
      entries > 0 &&
      (2 * (entries + 1) > this.#maxEntries + 1 || 2 * (bytes + value.bytes) > this.#maxBytes)
    ) {
      this.#past = this.#present;
      this.#present = new Generation();
    }
    this.#present.set(scope, key, value);
    if (this.entries > this.#maxEntries || this.bytes > this.#maxBytes) this.#past = new Generation();
  }
}

class Generation<Value extends Sized> {
  entries = 0;
  bytes = 0;
  readonly #scopes = new Map<string, Map<string, Value>>();

  get(scope: string, key: string): Value | undefined {
    return this.#scopes.get(scope)?.get(key);
  }

  set(scope: string, key: string, value: Value): void {
    let values = this.#scopes.get(scope);
    if (values === undefined) {
      values = new Map();
      this.#scopes.set(scope, values);
    }
    const before = values.get(key);
    values.set(key, value);
    this.bytes += value.bytes - (before?.bytes ?? 0);
    if (before === undefined) this.entries += 1;
  }
}
