import type { Arena, Load, Running, Sample } from './arena.ts';
import type { Operation } from './operation.ts';

/** One thing to measure: a server under a load of one operation. */
export interface Subject {
  readonly server: Running;
  readonly operation: Operation;
}

/** Medians over all rounds. */
export interface Measured extends Sample {
  /** Of the CPU time to the first subject's in the same round. */
  readonly ratio: number;
}

export interface RoundsLoad extends Load {
  /** Requests that are thrown away first, until V8 has compiled what is hot: six samples unless told otherwise. */
  readonly warmUp?: number | undefined;
}

/**
 * Measures all subjects in turn, round after round, so that what else the machine does falls on all of them alike.
 * The first subject is the one that the others are compared with.
 */
export async function measureRounds(
  arena: Arena,
  subjects: readonly Subject[],
  { warmUp, ...load }: RoundsLoad,
  rounds: number,
): Promise<Measured[]> {
  // The first last: what they remember is to be as fresh in the rounds as it would be under steady load.
  for (const { server, operation } of subjects.toReversed()) {
    await arena.measure(server, operation, { ...load, requests: warmUp ?? load.requests * 6 });
  }
  const samples: Sample[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ofRound: Sample[] = [];
    for (const { server, operation } of subjects) ofRound.push(await arena.measure(server, operation, load));
    samples.push(ofRound);
  }
  return subjects.map((_, index) => {
    const over = (figure: (sample: Sample, first: Sample) => number) =>
      median(samples.map((ofRound) => figure(at(ofRound, index), at(ofRound, 0))));
    return {
      cpuMs: over(({ cpuMs }) => cpuMs),
      calls: over(({ calls }) => calls),
      p50: over(({ p50 }) => p50),
      p99: over(({ p99 }) => p99),
      ratio: over(({ cpuMs }, first) => cpuMs / first.cpuMs),
    };
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (at(sorted, Math.floor(middle)) + at(sorted, Math.ceil(middle))) / 2;
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}
