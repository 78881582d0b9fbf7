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
      let used: string[] = [];
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
        expect(cache.entries).toBeLessThanOrEqual(entries);
        expect(cache.bytes).toBeLessThanOrEqual(bytes);
        used = [place, ...used.filter((other) => other !== place)];
      }
      // What was used last, as long as it takes no more than half of the bounds, is there.
      let room = { entries: Math.floor(entries / 2), bytes: bytes / 2 };
      for (const place of used) {
        const value = last.get(place);
        if (value === undefined) break;
        room = { entries: room.entries - 1, bytes: room.bytes - value.bytes };
        if (room.entries < 0 || room.bytes < 0) break;
        const [scope = '', key = ''] = place.split(' ');
        expect(cache.get(scope, key)).toBe(value);
      }
    }),
  );
});
