import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RollingCount } from '../../src/texter/rolling-count.ts';

const WINDOW_MS = 1000;

test('counts all of the window and at most a tenth of it more', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700), { maxLength: 100 }), (gaps) => {
      const count = new RollingCount(WINDOW_MS);
      const times: number[] = [];
      let now = 12_345;
      for (const gap of gaps) {
        now += gap;
        times.push(now);
        count.add(now);
        const since = (ms: number) => times.filter((time) => time > now - ms).length;
        expect(count.total(now)).toBeGreaterThanOrEqual(since(WINDOW_MS));
        expect(count.total(now)).toBeLessThanOrEqual(since(WINDOW_MS * 1.1));
      }
      expect(count.total(now + 2 * WINDOW_MS)).toBe(0);
    }),
  );
});
