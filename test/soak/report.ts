import { cpus } from 'node:os';
import type { Sample, Soak } from './soak.ts';

/** One third of a soak in figures: means over its samples, and the most of what must not grow. */
export interface Third {
  readonly heapMb: number;
  readonly externalMb: number;
  readonly rssMb: number;
  readonly handles: number;
  readonly mostHandles: number;
}

const MB = 1024 ** 2;

export function thirdsOf({ samples }: Soak): readonly [Third, Third, Third] {
  const length = samples.length / 3;
  const third = (index: number) => summary(samples.slice(index * length, (index + 1) * length));
  return [third(0), third(1), third(2)];
}

function summary(samples: readonly Sample[]): Third {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  return {
    heapMb: mean(({ heapUsed }) => heapUsed) / MB,
    externalMb: mean(({ external }) => external) / MB,
    rssMb: mean(({ rss }) => rss) / MB,
    handles: mean(({ handles }) => handles.length),
    mostHandles: Math.max(...samples.map(({ handles }) => handles.length)),
  };
}

/** What must not be, a line each: memory or handles that grow, defects, requests without an answer. */
export function problemsOf(soak: Soak, { growth }: { growth: number }): string[] {
  const [, second, last] = thirdsOf(soak);
  const problems: string[] = [];
  const heap = last.heapMb / second.heapMb;
  if (heap > growth) problems.push(`the heap grew to ${heap.toFixed(3)} times the second third's`);
  const handles = last.handles / second.handles;
  if (handles > growth) problems.push(`handles grew to ${handles.toFixed(3)} times the second third's`);
  for (const [outcome, count] of soak.outcomes) {
    if (/INTERNAL_SERVER_ERROR|^no /.test(outcome)) problems.push(`${count} times: ${outcome}`);
  }
  if (soak.exitCode !== 0) problems.push(`exit code ${soak.exitCode}`);
  return problems;
}

/** The page that docs/ keeps of the last soak. */
export function pageOf(soak: Soak): string {
  const thirds = thirdsOf(soak);
  const [, second, last] = thirds;
  const row = (name: string, of: (third: Third) => number, digits = 1) =>
    `| ${name} | ${thirds.map((third) => of(third).toFixed(digits)).join(' | ')} |`;
  const outcomes = [...soak.outcomes].sort(([, a], [, b]) => b - a);
  return `# Soak

\`npm run soak\` sends the started gateway every kind of request (pages, entities, writes, clients that leave, documents and
names that nobody sent before, bodies that are too large) while its Texter goes through every kind of fault: errors, broken
connections, answers that hang, make no sense or never end, 429, slow answers, refused connections. Each third of the time
has the same load and the same faults, and the cache of documents is full before the first. \`SOAK_MINUTES\` says for how
long (5); a short form of it runs in \`npm test\`.

The gateway collects its garbage before each measurement. It passes when, in the last third against the second, neither the
heap nor what it holds open (sockets, timers) is more than 1.1 times as much on average, no request was left without an
answer, nothing was answered \`INTERNAL_SERVER_ERROR\`, and it stopped with exit code 0. This page is written by the run.

## The last run

${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores: ${soak.requests} requests in ${soak.seconds} s. Heap ${(last.heapMb / second.heapMb).toFixed(3)}, handles ${(last.handles / second.handles).toFixed(3)} of the second third's.

| after a forced collection | first third | second third | last third |
| --- | --- | --- | --- |
${row('heap, MB', ({ heapMb }) => heapMb, 2)}
${row('external memory, MB', ({ externalMb }) => externalMb, 2)}
${row('resident memory, MB', ({ rssMb }) => rssMb)}
${row('handles, mean', ({ handles }) => handles)}
${row('handles, most', ({ mostHandles }) => mostHandles, 0)}

| what came back | times |
| --- | --- |
${outcomes.map(([outcome, count]) => `| ${outcome} | ${count} |`).join('\n')}

| REST calls | times |
| --- | --- |
${countersOf(soak.metrics, 'texter_gateway_upstream_requests_total')
  .sort(([one], [other]) => one.localeCompare(other))
  .map(([labels, count]) => `| ${labels} | ${count} |`)
  .join('\n')}
`;
}

/** The series of a counter, by the values of its labels. */
function countersOf(metrics: string, name: string): [labels: string, count: string][] {
  return [...metrics.matchAll(new RegExp(`^${name}\\{(.*)\\} (\\d+)$`, 'gm'))].map(
    ([, labels = '', count = '']) => [
      [...labels.matchAll(/="([^"]*)"/g)].map(([, value]) => value).join(' '),
      count,
    ],
  );
}
