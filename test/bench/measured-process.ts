import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, pinned } from './cpus.ts';

/** Longest wait for a server's first line, in ms. */
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 5;

/**
 * A server under test. What it writes goes to a file, as in production; its CPU time and memory are read from /proc,
 * so that nothing in the process itself is changed by being measured.
 */
export class MeasuredProcess {
  readonly #child: ChildProcess;
  readonly #folder: string;

  constructor(command: Command, env: Readonly<Record<string, string>>) {
    this.#folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const output = openSync(this.#logFile, 'w');
    const [executable, ...args] = pinned('measured', command);
    this.#child = spawn(executable, args, {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', output, 'inherit'],
    });
    closeSync(output);
  }

  /** Where it serves GraphQL, once its first line has said so. */
  async url(): Promise<string> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline && this.#child.exitCode === null) {
      const [line, ...more] = this.#log().split('\n');
      if (line && more.length > 0) return JSON.parse(line).url;
      await sleep(POLL_MS);
    }
    throw new Error(`a server did not start: ${this.#log()}`);
  }

  /** The process and those that it has started. */
  get pids(): number[] {
    const { pid = 0 } = this.#child;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return [pid, ...children.split(' ').filter(Boolean).map(Number)];
  }

  /** CPU time of all its processes so far, in ms. */
  cpuMs(): number {
    return this.pids.reduce((sum, pid) => sum + cpuMsOf(pid), 0);
  }

  /** Resident memory of its largest process, in MB. */
  rssMb(): number {
    const kib = this.pids.map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(statusOf(pid))?.[1]));
    return (Math.max(...kib) * 1024) / 1e6;
  }

  /** How many operations each process has logged so far, by process id. */
  operationsByPid(): Map<number, number> {
    const counts = new Map<number, number>();
    for (const line of this.#log().split('\n')) {
      const pid = Number(/"pid":(\d+),.*"msg":"operation"/.exec(line)?.[1] ?? 0);
      if (pid !== 0) counts.set(pid, (counts.get(pid) ?? 0) + 1);
    }
    return counts;
  }

  get #logFile(): string {
    return join(this.#folder, 'log');
  }

  #log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill();
      await exited;
    }
    rmSync(this.#folder, { recursive: true });
  }
}

/** Over all threads of a process, to the nanosecond: /proc/<pid>/stat counts in hundredths of a second. */
function cpuMsOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const ns = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return ns.reduce((sum, value) => sum + value, 0) / 1e6;
}

function statusOf(pid: number): string {
  return readFileSync(`/proc/${pid}/status`, 'utf8');
}
