import { TextKey, TextTable } from './text-table.ts';

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
 * thirty and pushes out thirty. Nor do those have to be values: what is set as a text becomes one when it is first asked
 * for. Most never is. Values that nobody asks for are copied twice by the collector of young objects and found dead by that
 * of old ones, which was a tenth of such an inbox's CPU time.
 *
 * Entries have a scope and a key, so that no third string has to be made of both.
 */
export class Generations<Value extends Sized> {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #revive: (text: string) => Value;
  #present: Generation<Value>;
  #past: Generation<Value>;

  /** `revive` makes a value of a text that was set. */
  constructor(maxEntries: number, maxBytes: number, revive: (text: string) => Value) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    this.#revive = revive;
    this.#present = new Generation(new TextTable(maxBytes / 2));
    this.#past = new Generation(new TextTable(maxBytes / 2));
  }

  /** What is held; an entry that is in both generations counts twice. */
  get entries(): number {
    return this.#present.entries + this.#past.entries;
  }

  /** Of what is held. A text counts until its generation is forgotten, whatever has taken its place. */
  get bytes(): number {
    return this.#present.bytes + this.#past.bytes;
  }

  get(scope: string, key: string): Value | undefined {
    const known = this.#present.value(scope, key);
    if (known !== undefined) return known;
    const textKey = new TextKey(scope, key);
    const found =
      this.#revived(this.#present, textKey) ??
      this.#past.value(scope, key) ??
      this.#revived(this.#past, textKey);
    if (found !== undefined) this.set(scope, key, found);
    return found;
  }

  /** Puts a value in the place of what there was. One that is larger than all may be is not for this cache. */
  set(scope: string, key: string, value: Value): void {
    this.#turnIfFull(scope, key, value.bytes - (this.#present.value(scope, key)?.bytes ?? 0));
    this.#present.set(scope, key, value);
    this.#bound();
  }

  /**
   * Puts a text, which is a head and the rest, in the place of what there was. False where that is a value, which has been
   * asked for and so may be again, and where the text takes more than a generation or 1 GiB: then `set` is what to call.
   */
  setText(scope: string, key: string, head: string, text: string): boolean {
    const size = TextTable.sizeOf(key, head, text);
    if (size > this.#present.texts.maxBytes) return false;
    if (this.#present.value(scope, key) !== undefined || this.#past.value(scope, key) !== undefined) {
      return false;
    }
    const textKey = new TextKey(scope, key);
    if (this.#present.texts.replace(textKey, head, text, size)) return true;
    if (this.#present.texts.hasRoomFor(size)) this.#turnIfFull(scope, key, size);
    else this.#turn();
    this.#present.addText(textKey, head, text, size);
    this.#bound();
    return true;
  }

  #revived({ texts }: Generation<Value>, key: TextKey): Value | undefined {
    const text = texts.get(key);
    return text === null ? undefined : this.#revive(text);
  }

  /** Begins a generation where the present one has no room for so many bytes more. */
  #turnIfFull(scope: string, key: string, bytes: number): void {
    const { entries } = this.#present;
    const isFull =
      2 * (this.#present.bytes + bytes) > this.#maxBytes ||
      (entries >= this.#maxEntries && !this.#present.has(scope, key));
    if (entries > 0 && isFull) this.#turn();
  }

  #turn(): void {
    const { texts } = this.#past;
    this.#past = this.#present;
    this.#present = new Generation(texts);
  }

  #bound(): void {
    if (this.bytes > this.#maxBytes) this.#past = new Generation(this.#past.texts);
  }
}

class Generation<Value extends Sized> {
  /** Where there is a value, too, that is what holds. */
  readonly texts: TextTable;
  entries = 0;
  readonly #scopes = new Map<string, Map<string, Value>>();
  #valueBytes = 0;

  /** `texts`: those of a generation that is forgotten, so that their table need not grow again from nothing. */
  constructor(texts: TextTable) {
    texts.clear();
    this.texts = texts;
  }

  get bytes(): number {
    return this.texts.bytes + this.#valueBytes;
  }

  has(scope: string, key: string): boolean {
    return this.value(scope, key) !== undefined || this.texts.has(new TextKey(scope, key));
  }

  value(scope: string, key: string): Value | undefined {
    return this.#scopes.get(scope)?.get(key);
  }

  set(scope: string, key: string, value: Value): void {
    let values = this.#scopes.get(scope);
    if (values === undefined) {
      values = new Map();
      this.#scopes.set(scope, values);
    }
    const before = values.get(key);
    if (before === undefined && !this.texts.has(new TextKey(scope, key))) this.entries += 1;
    values.set(key, value);
    this.#valueBytes += value.bytes - (before?.bytes ?? 0);
  }

  /** Where there is no value. */
  addText(key: TextKey, head: string, text: string, size: number): void {
    const { entries } = this.texts;
    this.texts.add(key, head, text, size);
    this.entries += this.texts.entries - entries;
  }
}
