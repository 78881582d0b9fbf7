/** What is kept knows its size. */
export interface Sized {
  readonly bytes: number;
}

/**
 * A cache that forgets by generations. What is set goes into the present one; when that is full it becomes the past one, and
 * what was in that and has not been asked for since is forgotten. `maxEntries` are a generation: so many that were used last
 * are always there, and at most twice as many. Half of `maxBytes` is one, because memory is a bound and not a promise.
 *
 * Not lru-cache, whose order costs a little for each entry that comes and goes: an inbox whose chats are all new puts in
 * thirty and pushes out thirty. Remembering was an eighth of its CPU time, and is little more than half of that now.
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
    let before = this.#present.get(scope, key);
    const entries = this.#present.entries + (before === undefined ? 1 : 0);
    const bytes = this.#present.bytes + value.bytes - (before?.bytes ?? 0);
    if (this.#present.entries > 0 && (entries > this.#maxEntries || 2 * bytes > this.#maxBytes)) {
      this.#past = this.#present;
      this.#present = new Generation();
      before = undefined;
    }
    this.#present.set(scope, key, value, before);
    if (this.bytes > this.#maxBytes) this.#past = new Generation();
  }
}

class Generation<Value extends Sized> {
  entries = 0;
  bytes = 0;
  readonly #scopes = new Map<string, Map<string, Value>>();

  get(scope: string, key: string): Value | undefined {
    return this.#scopes.get(scope)?.get(key);
  }

  /** `before`: what `get` gives. */
  set(scope: string, key: string, value: Value, before: Value | undefined): void {
    let values = this.#scopes.get(scope);
    if (values === undefined) {
      values = new Map();
      this.#scopes.set(scope, values);
    }
    values.set(key, value);
    this.bytes += value.bytes - (before?.bytes ?? 0);
    if (before === undefined) this.entries += 1;
  }
}
