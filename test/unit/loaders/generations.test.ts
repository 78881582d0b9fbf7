import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Generations } from '../../../src/loaders/generations.ts';

interface Value {
  readonly bytes: number;
  readonly name: number;
}

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const scope = fc.constantFrom('one', 'two');
const step = fc.record({ isSet: fc.boolean(), scope, key, bytes: fc.integer({ min: 1, max: 10 }) });

test('never gives what was not set last, never holds more than its bounds, and keeps what was used last', () => {
  const bounds = fc.record({
    entries: fc.integer({ min: 1, max: 12 }),
    bytes: fc.integer({ min: 10, max: 80 }),
  });
  fc.assert(
    fc.property(bounds, fc.array(step, { maxLength: 60 }), ({ entries, bytes }, steps) => {
      const cache = new Generations<Value>(entries, bytes);
      const last = new Map<string, Value>();
      const uses: { readonly place: string; readonly size: number }[] = [];
      for (const [name, { isSet, scope, key, bytes: size }] of steps.entries()) {
        const place = `${scope} ${key}`;
        if (isSet) {
          const value = { bytes: size, name };
          cache.set(scope, key, value);
          last.set(place, value);
        } else {
          const found = cache.get(scope, key);
          if (found === undefined) {
            last.delete(place);
            continue;
          }
          expect(found).toBe(last.get(place));
        }
        expect(cache.entries).toBeLessThanOrEqual(2 * entries);
        expect(cache.bytes).toBeLessThanOrEqual(bytes);
        uses.push({ place, size: last.get(place)?.bytes ?? 0 });
      }
      // What was used last, as long as that is no more than a generation, is there.
      let room = { entries, bytes: bytes / 2 };
      for (const { place, size } of uses.toReversed()) {
        room = { entries: room.entries - 1, bytes: room.bytes - size };
        if (room.entries < 0 || room.bytes < 0) break;
        const [scope = '', key = ''] = place.split(' ');
        expect(cache.get(scope, key)).toBe(last.get(place));
      }
    }),
  );
});

test('as many as it is for are all found again and again, in whatever order', () => {
  const cache = new Generations<Value>(30, 1000);
  const keys = Array.from({ length: 30 }, (_, name) => ({ key: `key-${name}`, value: { bytes: 1, name } }));
  for (const { key, value } of keys) cache.set('one', key, value);
  for (let round = 0; round < 3; round += 1) {
    for (const { key, value } of keys) expect(cache.get('one', key)).toBe(value);
    keys.reverse();
  }
});
