import { expect, it } from 'vitest';
import { RestartPause } from '../../../src/cluster/restart-pause.ts';

it('replaces at once, slower where one death follows another, and at once again after a quiet minute', () => {
  const pause = new RestartPause();
  const deaths = [5, 6, 7, 8, 9, 10, 11, 12, 13, 40_000, 99_999, 159_998, 219_998, 219_999];
  expect(deaths.map((now) => pause.next(now))).toEqual([
    0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000, 0, 500,
  ]);
});
