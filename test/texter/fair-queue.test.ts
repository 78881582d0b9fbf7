import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FairQueue } from '../../src/texter/fair-queue.ts';

interface Entry {
  readonly operation: number;
  readonly id: number;
}

/** The promise in the plainest words: lists, searched from the front. */
class Oracle {
  readonly waiting: Entry[] = [];
  readonly turns: number[] = [];
  readonly limit: number;
  readonly perOperation: number;

  constructor(limit: number, perOperation: number) {
    this.limit = limit;
    this.perOperation = perOperation;
  }

  get size(): number {
    return this.turns.reduce((sum, one) => sum + Math.min(this.of(one).length, this.perOperation), 0);
  }

  of(operation: number): Entry[] {
    return this.waiting.filter((entry) => entry.operation === operation);
  }

  push(entry: Entry): boolean {
    const counts = this.of(entry.operation).length < this.perOperation;
    if (counts && this.size >= this.limit) return false;
    this.waiting.push(entry);
    if (!this.turns.includes(entry.operation)) this.turns.push(entry.operation);
    return true;
  }

  shift(): Entry | undefined {
    const operation = this.turns.shift();
    const entry = this.waiting.find((one) => one.operation === operation);
    if (entry === undefined || operation === undefined) return undefined;
    this.turns.push(operation);
    this.remove(entry);
    return entry;
  }

  remove(entry: Entry): void {
    if (!this.waiting.includes(entry)) return;
    this.waiting.splice(this.waiting.indexOf(entry), 1);
    if (this.of(entry.operation).length === 0) this.turns.splice(this.turns.indexOf(entry.operation), 1);
  }
}

test('it serves, refuses and counts as the oracle does', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ push: fc.nat(4) }) },
    { weight: 3, arbitrary: fc.constant('shift' as const) },
    { weight: 1, arbitrary: fc.record({ remove: fc.nat() }) },
  );
  fc.assert(
    fc.property(
      fc.nat(12),
      fc.integer({ min: 1, max: 4 }),
      fc.array(step, { maxLength: 80 }),
      (limit, per, steps) => {
        const queue = new FairQueue<Entry>(limit, per);
        const oracle = new Oracle(limit, per);
        const operations = [{}, {}, {}, {}, {}];
        const all: Entry[] = [];
        for (const one of steps) {
          if (one === 'shift') {
            expect(queue.shift()).toBe(oracle.shift());
          } else if ('push' in one) {
            const entry = { operation: one.push, id: all.length };
            all.push(entry);
            expect(queue.push(operations[one.push] ?? {}, entry)).toBe(oracle.push(entry));
          } else {
            const entry = all[one.remove % Math.max(all.length, 1)];
            if (entry === undefined) continue;
            queue.remove(operations[entry.operation] ?? {}, entry);
            oracle.remove(entry);
          }
          expect(queue.size).toBe(oracle.size);
        }
      },
    ),
  );
});

test('a small operation is served second behind a large one', () => {
  const queue = new FairQueue<string>(10, 5);
  const [large, small] = [{}, {}];
  for (let i = 0; i < 500; i++) expect(queue.push(large, `large ${i}`)).toBe(true);
  expect(queue.push(small, 'small')).toBe(true);
  expect([queue.shift(), queue.shift(), queue.shift()]).toEqual(['large 0', 'small', 'large 1']);
});
