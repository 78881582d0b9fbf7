import type { Arena, Running } from '../arena.ts';
import { measureRounds } from '../rounds.ts';
import { THREAD } from '../workloads.ts';
import { atMost, type Kept } from './promise.ts';

const LATENCY_MS = 5;
const LOAD = { connections: 1, requests: 100 };
const ROUNDS = 5;

export interface WaitingTime {
  readonly name: string;
  /** Ms, median. */
  readonly p50: number;
}

/** How long a thread takes when Texter does: who reads the chat before its messages waits twice. */
export async function waitForTexter(
  arena: Arena,
  servers: readonly Running[],
): Promise<{ times: WaitingTime[]; kept: Kept[] }> {
  await arena.setLatency(LATENCY_MS);
  const subjects = servers.map((server) => ({ server, operation: THREAD }));
  const measured = await measureRounds(arena, subjects, LOAD, ROUNDS);
  await arena.setLatency(0);
  const times = servers.map(({ name }, index) => ({ name, p50: measured[index]?.p50 ?? Number.NaN }));
  const [floor, gateway] = times;
  const ratio = (gateway?.p50 ?? Number.NaN) / (floor?.p50 ?? Number.NaN);
  const promise = `W3 with ${LATENCY_MS} ms of upstream latency, one connection: median, times the floor's`;
  return { times, kept: [atMost(promise, 1.2, ratio)] };
}
