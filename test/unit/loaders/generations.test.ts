import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Generations } from '../../../src/loaders/generations.ts';
import { TextKey, TextTable } from '../../../src/loaders/text-table.ts';

interface Value {
  readonly bytes: number;
  readonly name: string;
}

/** A text stands for a value of one byte. */
const revive = (name: string): Value => ({ bytes: 1, name });

const HEAD = 'שלום ';

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const scope = fc.constantFrom('one', 'two');
const step = fc.record({
  what: fc.constantFrom('set', 'setText', 'get'),
  scope,
  key,
  bytes: fc.integer({ min: 1, max: 10 }),
  text: fc.string({ unit: fc.constantFrom('x', 'א', '€', '😀', '\u0000'), maxLength: 4 }),
});

test('never gives what was not set last, never holds more than its bounds, and keeps what was used last', () => {
  const bounds = fc.record({
    entries: fc.integer({ min: 1, max: 12 }),
    bytes: fc.integer({ min: 10, max: 160 }),
  });
  fc.assert(
    fc.property(bounds, fc.array(step, { maxLength: 60 }), ({ entries, bytes }, steps) => {
      const cache = new Generations<Value>(entries, bytes, revive);
      const last = new Map<string, Value>();
      const uses: { readonly place: string; readonly size: number }[] = [];
      for (const [index, { what, scope, key, bytes: size, text }] of steps.entries()) {
        const place = `${scope} ${key}`;
        const name = `${index} ${text}`;
        if (what === 'set') {
          const value = { bytes: size, name };
          cache.set(scope, key, value);
          last.set(place, value);
          uses.push({ place, size });
        } else if (what === 'setText') {
          const size = TextTable.sizeOf(key, HEAD, name);
          const isSet = cache.setText(scope, key, HEAD, name);
          if (isSet) {
            last.set(place, revive(HEAD + name));
            uses.push({ place, size });
          } else if (size <= bytes / 2) {
            // Refused for a value, which is there then as it was.
            const found = cache.get(scope, key);
            expect(found).toEqual(last.get(place));
            expect(found).toBeDefined();
            uses.push({ place, size: found?.bytes ?? 0 });
          }
        } else {
          const found = cache.get(scope, key);
          if (found === undefined) {
            last.delete(place);
            continue;
          }
          expect(found).toEqual(last.get(place));
          uses.push({ place, size: found.bytes });
        }
        expect(cache.entries).toBeLessThanOrEqual(2 * entries);
        expect(cache.bytes).toBeLessThanOrEqual(bytes);
      }
      // What was used last, as long as that is no more than a generation, is there.
      let room = { entries, bytes: bytes / 2 };
      for (const { place, size } of uses.toReversed()) {
        room = { entries: room.entries - 1, bytes: room.bytes - size };
        if (room.entries < 0 || room.bytes < 0) break;
        const [scope = '', key = ''] = place.split(' ');
        expect(cache.get(scope, key)).toEqual(last.get(place));
      }
    }),
  );
});

test('as many as it is for are all found again and again, in whatever order', () => {
  const cache = new Generations<Value>(30, 1000, revive);
  const keys = Array.from({ length: 30 }, (_, index) => `key-${index}`);
  for (const key of keys) cache.set('one', key, revive(key));
  for (let round = 0; round < 3; round += 1) {
    for (const key of keys) expect(cache.get('one', key)).toEqual(revive(key));
    keys.reverse();
  }
});

test('a text becomes a value once, and then is the same value', () => {
  const revived: string[] = [];
  const cache = new Generations<Value>(10, 1000, (text) => {
    revived.push(text);
    return revive(text);
  });
  cache.setText('one', 'a', '', 'Dana');
  cache.setText('one', 'a', 'Dana', ' Levi');
  cache.setText('one', 'b', '', 'Noa');
  const first = cache.get('one', 'a');
  expect(first).toEqual(revive('Dana Levi'));
  expect(cache.get('one', 'a')).toBe(first);
  expect(revived).toEqual(['Dana Levi']);
});

test('many texts come back whole while their table grows, and when it is used again', () => {
  const table = new TextTable(10_000_000);
  const texts = Array.from({ length: 3000 }, (_, index) => `${index}א😀`.repeat(index % 100));
  const scopes = ['one', 'two', 'three'];
  const keyOf = (index: number) =>
    new TextKey(scopes[Math.floor(index / 1000)] ?? '', `${index % 1000}-שלום`);
  const sizeOf = (key: TextKey, text: string) => TextTable.sizeOf(key.name, HEAD, text);
  for (let round = 0; round < 2; round += 1) {
    for (const [index, text] of texts.entries()) {
      const key = keyOf(index);
      expect(table.has(key)).toBe(false);
      table.add(key, HEAD, 'another', sizeOf(key, 'another'));
      table.add(key, HEAD, text, sizeOf(key, text));
    }
    expect(table.entries).toBe(3000);
    const found = texts.map((_, index) => table.get(keyOf(index)));
    expect(found).toEqual(texts.map((text) => HEAD + text));
    expect(table.get(new TextKey('one', 'unknown'))).toBeNull();
    expect(table.hasRoomFor(10_000_000)).toBe(false);
    table.clear();
    expect({ entries: table.entries, bytes: table.bytes, found: table.get(keyOf(1)) }).toEqual({
      entries: 0,
      bytes: 0,
      found: null,
    });
  }
});

test('a text goes into the place of the one before it where it fits, and nowhere else', () => {
  const table = new TextTable(10_000);
  const keys = [new TextKey('one', 'a'), new TextKey('one', 'b'), new TextKey('two', 'a')] as const;
  const [key] = keys;
  const replace = (text: string) => table.replace(key, HEAD, text, TextTable.sizeOf(key.name, HEAD, text));
  expect(replace('x')).toBe(false);
  for (const each of keys)
    table.add(each, HEAD, 'x'.repeat(100), TextTable.sizeOf('a', HEAD, 'x'.repeat(100)));
  const { bytes } = table;
  for (const text of ['y', 'ש'.repeat(50), '']) {
    expect(replace(text)).toBe(true);
    expect(keys.map((each) => table.get(each)?.slice(HEAD.length))).toEqual([
      text,
      ...Array(2).fill('x'.repeat(100)),
    ]);
  }
  expect(replace('x'.repeat(200))).toBe(false);
  expect([table.bytes, table.entries]).toEqual([bytes, 3]);
});

test('what is read again and again pushes nothing else out', () => {
  const cache = new Generations<Value>(1000, 100_000, revive);
  cache.setText('one', 'other', '', 'kept');
  for (let read = 0; read < 10_000; read += 1) cache.setText('one', 'a', `${read % 100},`, 'x'.repeat(1000));
  expect(cache.get('one', 'other')).toEqual(revive('kept'));
});

test('a chat that very many credentials see is found as fast as any: else this took half a minute', () => {
  const table = new TextTable(10_000_000);
  const keys = Array.from({ length: 60_000 }, (_, scope) => new TextKey(`token-${scope}`, 'chat'));
  for (const key of keys) table.add(key, '', key.scope, TextTable.sizeOf(key.name, '', key.scope));
  expect(keys.every((key) => table.get(key) === key.scope)).toBe(true);
});
