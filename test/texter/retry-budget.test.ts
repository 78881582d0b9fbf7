import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RetryBudget } from '../../src/texter/retry-budget.ts';

test('ten retries in 10 s are always allowed, an eleventh is not', () => {
  const budget = new RetryBudget(10);
  expect(Array.from({ length: 12 }, () => budget.take(5000))).toEqual([
    ...Array(10).fill(true),
    false,
    false,
  ]);
  expect(budget.take(5000 + 11_000)).toBe(true);
});

test('a tenth of the reads is allowed where that is more', () => {
  const budget = new RetryBudget(10);
  for (let read = 0; read < 300; read++) budget.countRead(1000);
  expect(Array.from({ length: 40 }, () => budget.take(1000)).filter(Boolean)).toHaveLength(30);
});

test('in no 10 s are there more retries than the floor or a tenth of the reads', () => {
  const step = fc.record({ gap: fc.nat(400), read: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const budget = new RetryBudget(2);
      const reads: number[] = [];
      const retries: number[] = [];
      let now = 50_000;
      for (const { gap, read } of steps) {
        now += gap;
        if (read) {
          budget.countRead(now);
          reads.push(now);
        } else if (budget.take(now)) {
          retries.push(now);
        }
        const within = (times: number[], ms: number) => times.filter((time) => time > now - ms).length;
        expect(within(retries, 10_000)).toBeLessThanOrEqual(Math.max(2, within(reads, 22_000) * 0.1));
      }
    }),
  );
});
