import type { CallRow } from './call-table.ts';
import { describeMachine } from './cpus.ts';
import type { WaitingTime } from './promises/latency.ts';
import type { Kept } from './promises/promise.ts';
import type { Measured } from './rounds.ts';
import type { Workload } from './workloads.ts';

/** What one server needed for one workload. */
export interface Result extends Measured {
  readonly name: string;
}

export interface Report {
  readonly rounds: number;
  readonly connections: number;
  /** By workload; the floor first, then the gateway, then the peers. */
  readonly results: ReadonlyMap<Workload, readonly Result[]>;
  readonly waiting: readonly WaitingTime[];
  readonly kept: readonly Kept[];
  readonly calls: readonly CallRow[];
}

/** docs/performance.md. */
export function markdown({ rounds, connections, results, waiting, kept, calls }: Report): string {
  const workloads = [...results.keys()];
  const names = [...results.values()][0]?.map(({ name }) => name) ?? [];
  const byServer = (cell: (result: Result) => string) =>
    names.map((name, index) => [
      name,
      ...workloads.map((workload) => {
        const result = results.get(workload)?.[index];
        return result ? cell(result) : '';
      }),
    ]);
  const columns = ['', ...workloads.map(({ name }) => name)];
  return `# Performance

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${describeMachine()}.

What a gateway costs is CPU time of its process for each GraphQL request. Seconds differ from machine to machine and
with what else a machine does, so the figures are ratios to a floor that was measured in the same rounds: a
hand-written node:http and undici handler that makes the same REST calls, parses them and writes the same JSON, with no
GraphQL. Medians of ${rounds} interleaved rounds at ${connections} connections; the fake upstream answers at once, and variables differ from
request to request so that nothing is won by caching, except in "steady", where each connection repeats its request. All
answers were compared before anything was timed. This gateway ran with the settings of production: API keys, limits,
cost, metrics, one log line for each operation to a file, masking and cancellation. The peers had none of these.

## CPU per request, times the floor's

${table(columns, [
  ...byServer(({ ratio }) => ratio.toFixed(2)),
  ['must', ...workloads.map(({ must }) => `${must}`)],
  ['held to by `npm run bench:check`', ...workloads.map(({ guard }) => `${guard}`)],
  ['aim', ...workloads.map(({ aim }) => `${aim}`)],
  ['floor, absolute', ...workloads.map((workload) => `${results.get(workload)?.[0]?.cpuMs.toFixed(3)} ms`)],
])}

## REST calls per request

${table(
  columns,
  byServer(({ calls: count }) => count.toFixed(1)),
)}

## Time from request to answer, p50 / p99 in ms

${table(
  columns,
  byServer(({ p50, p99 }) => `${p50.toFixed(1)} / ${p99.toFixed(1)}`),
)}

With 5 ms of upstream latency and one connection, W3 takes:

${table(
  ['', 'median, ms'],
  waiting.map(({ name, p50 }) => [name, p50.toFixed(1)]),
)}

## Promises

${table(
  ['', 'must', 'found'],
  kept.map(({ promise, must, found, holds }) => [promise, must, holds ? found : `**${found}**`]),
)}

## Call economy

Against the sandbox. Cold: nothing known. Steady: the same operation again.

${table(
  ['operation', 'cold calls', 'cold rounds', 'steady calls'],
  calls.map(({ operation, cold, rounds: depth, steady }) => [operation, `${cold}`, `${depth}`, `${steady}`]),
)}
`;
}

/** The README's table: what each server needs, in short. */
export function summary(results: Report['results']): string {
  const workloads = [...results.keys()];
  const names = [...results.values()][0]?.map(({ name }) => name) ?? [];
  return table(
    ['', ...workloads.map(({ name }) => name)],
    names.map((name, index) => [
      name,
      ...workloads.map((workload) => results.get(workload)?.[index]?.ratio.toFixed(2) ?? ''),
    ]),
  );
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
