/** How often a property is tried: as given here, or `RUNS` times. `SHRINK=off` leaves a counterexample as it was found. */
export function runs(numRuns: number) {
  return { numRuns: Number(process.env.RUNS ?? numRuns), endOnFailure: process.env.SHRINK === 'off' };
}
