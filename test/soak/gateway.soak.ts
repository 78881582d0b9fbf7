import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pageOf, problemsOf } from './report.ts';
import { soak } from './soak.ts';

/** More than are remembered: 50 MB of them. */
const DOCUMENTS = 12_000;

const minutes = Number(process.env.SOAK_MINUTES ?? 5);

test(
  `${minutes} minutes of faults leave memory and handles where they were`,
  async () => {
    const result = await soak(minutes * 60, DOCUMENTS);
    writeFileSync('docs/soak.md', pageOf(result));
    expect(problemsOf(result, { growth: 1.1 })).toEqual([]);
  },
  (minutes * 60 + 120) * 2000,
);
