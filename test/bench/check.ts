// The regression check: this gateway beside the floor alone. Ratios of CPU time in the same rounds hold on a noisy
// machine; a workload that misses its guard even so is measured once more, longer, before the check fails.

import { compareAnswers } from './answers.ts';
import { Arena } from './arena.ts';
import { FLOOR, GATEWAY } from './contestants.ts';
import { measureRounds } from './rounds.ts';
import { CONNECTIONS, WORKLOADS } from './workloads.ts';

const ROUNDS = 5;
const SECOND_ROUNDS = 11;

await using arena = new Arena();
const floor = await arena.start(FLOOR);
const gateway = await arena.start(GATEWAY);
await compareAnswers([floor, gateway], WORKLOADS);

const failed: string[] = [];
for (const workload of WORKLOADS) {
  const ratioOver = async (rounds: number) => {
    const subjects = [floor, gateway].map((server) => ({ server, operation: workload }));
    const load = { connections: CONNECTIONS, requests: workload.requests };
    const [, measured] = await measureRounds(arena, subjects, load, rounds);
    const ratio = measured?.ratio ?? Number.NaN;
    console.log(
      `${workload.name}: ${ratio.toFixed(2)} times the floor, held to ${workload.guard}, must be at most ${workload.must} one day`,
    );
    return ratio;
  };
  const holds =
    (await ratioOver(ROUNDS)) <= workload.guard || (await ratioOver(SECOND_ROUNDS)) <= workload.guard;
  if (!holds) failed.push(workload.name);
}
if (failed.length > 0) {
  console.error(`More CPU time than before: ${failed.join(', ')}`);
  process.exitCode = 1;
}
