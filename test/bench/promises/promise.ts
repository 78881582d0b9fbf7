/** One figure beside what was promised of it. */
export interface Kept {
  readonly promise: string;
  readonly must: string;
  readonly found: string;
  readonly holds: boolean;
}

export function atMost(promise: string, limit: number, found: number, unit = ''): Kept {
  return {
    promise,
    must: `at most ${limit}${unit}`,
    found: `${round(found)}${unit}`,
    holds: found <= limit,
  };
}

export function atLeast(promise: string, limit: number, found: number, unit = ''): Kept {
  return {
    promise,
    must: `at least ${limit}${unit}`,
    found: `${round(found)}${unit}`,
    holds: found >= limit,
  };
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
