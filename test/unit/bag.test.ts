import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bag } from '../../src/bag.ts';

test('holds what a Set would', () => {
  const things = Array.from({ length: 8 }, (_, index) => ({ index, place: 0 }));
  const change = fc.record({ thing: fc.constantFrom(...things), isGone: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const bag = new Bag<(typeof things)[number]>();
      const set = new Set<object>();
      for (const { thing, isGone } of changes) {
        if (isGone) {
          expect(bag.delete(thing)).toBe(set.delete(thing));
        } else if (!set.has(thing)) {
          bag.add(thing);
          set.add(thing);
        }
        expect(bag.size).toBe(set.size);
        expect(new Set(bag)).toEqual(set);
      }
    }),
  );
});

test('a walk over it sees what was there when it began', () => {
  const bag = new Bag<{ name: string; place: number }>();
  for (const name of ['a', 'b', 'c']) bag.add({ name, place: 0 });
  const seen: string[] = [];
  for (const thing of bag) {
    bag.delete(thing);
    bag.add({ name: 'new', place: 0 });
    seen.push(thing.name);
  }
  expect(seen.sort()).toEqual(['a', 'b', 'c']);
});
