// The side-by-side benchmark: writes docs/performance.md. Takes a few minutes.
import { readFileSync, writeFileSync } from 'node:fs';
import { compareAnswers } from './answers.ts';
import { Arena, type Running } from './arena.ts';
import { countCalls } from './call-table.ts';
import { FLOOR, GATEWAY, PEERS } from './contestants.ts';
import { waitForTexter } from './promises/latency.ts';
import { pageAnywhere } from './promises/pages.ts';
import { atMost, type Kept } from './promises/promise.ts';
import { startToReady } from './promises/start.ts';
import { shareThePort } from './promises/workers.ts';
import { markdown, type Result, summary } from './report.ts';
import { measureRounds } from './rounds.ts';
import { CONNECTIONS, LONG_THREAD, WORKLOADS, type Workload } from './workloads.ts';

const ROUNDS = 11;

await using arena = new Arena();
const floor = await arena.start(FLOOR);
const gateway = await arena.start(GATEWAY);
const servers: Running[] = [floor, gateway];
for (const peer of PEERS) servers.push(await arena.start(peer));
await compareAnswers(servers, [...WORKLOADS, LONG_THREAD]);

const results = new Map<Workload, Result[]>();
const kept: Kept[] = [];
for (const workload of WORKLOADS) {
  const subjects = servers.map((server) => ({ server, operation: workload }));
  const load = { connections: CONNECTIONS, requests: workload.requests, warmUp: workload.warmUp };
  const measured = await measureRounds(arena, subjects, load, ROUNDS);
  const ofWorkload = measured.map((figures, index) => ({ name: servers[index]?.name ?? '', ...figures }));
  results.set(workload, ofWorkload);
  for (const { name, ratio } of ofWorkload) console.log(`${workload.name}, ${name}: ${ratio.toFixed(2)}`);
  const own = measured[1];
  if (own)
    kept.push(atMost(`p99 at ${CONNECTIONS} connections, times p50: ${workload.name}`, 4, own.p99 / own.p50));
}
kept.push(atMost('Resident memory after this load', 180, gateway.process.rssMb(), ' MB'));
const { times, kept: keptWaiting } = await waitForTexter(arena, servers);
kept.push(...keptWaiting, ...(await shareThePort(arena, gateway)), ...(await pageAnywhere(arena, gateway)));
kept.push(...(await startToReady()));

const calls = await countCalls();
const report = markdown({ rounds: ROUNDS, connections: CONNECTIONS, results, waiting: times, kept, calls });
writeFileSync(new URL('../../docs/performance.md', import.meta.url), report);
const readme = new URL('../../README.md', import.meta.url);
const figures = /(?<=<!-- figures[^>]*-->\n).*?(?=<!-- \/figures -->)/s;
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(figures, () => `\n${summary(results)}\n\n`),
);
console.log(report);
