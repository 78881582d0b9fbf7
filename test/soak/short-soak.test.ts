import { expect, test } from 'vitest';
import { problemsOf } from './report.ts';
import { soak } from './soak.ts';

test('half a minute of faults leaves memory and handles about where they were', async () => {
  const result = await soak(24, 0);
  // Code is still being compiled and caches fill; what leaks by the request would double.
  expect(problemsOf(result, { growth: 1.5 })).toEqual([]);
  expect(result.outcomes.get('ok')).toBeGreaterThan(0);
}, 180_000);
