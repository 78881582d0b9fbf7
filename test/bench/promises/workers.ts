import type { Arena, Running } from '../arena.ts';
import { gateway } from '../contestants.ts';
import { measureRounds } from '../rounds.ts';
import { THREAD } from '../workloads.ts';
import { atLeast, atMost, type Kept } from './promise.ts';

const LOAD = { connections: 64, requests: 1500 };
const ROUNDS = 5;

/** Two processes behind one port, beside the one that is already there. */
export async function shareThePort(arena: Arena, alone: Running): Promise<Kept[]> {
  const shared = await arena.start(gateway(2));
  // The one beside it has served for minutes, and each of these two serves but half.
  await arena.measure(shared, THREAD, { ...LOAD, requests: LOAD.requests * 10 });
  const subjects = [alone, shared].map((server) => ({ server, operation: THREAD }));
  const [, both] = await measureRounds(arena, subjects, LOAD, ROUNDS);
  const counts = [...shared.process.operationsByPid().values()];
  const all = counts.reduce((sum, count) => sum + count, 0);
  const smallest = counts.length < 2 ? 0 : Math.min(...counts) / all;
  return [
    atMost(
      'Two processes, 64 connections: CPU per request of all of them, times that of one process',
      1.1,
      both?.ratio ?? Number.NaN,
    ),
    atLeast('Two processes, 64 connections: requests served by the less busy one', 40, smallest * 100, ' %'),
  ];
}
