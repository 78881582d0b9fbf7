import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished, TestRunner } from 'vitest';

/** The build, as `npm start` runs it; the sources where they are newer, so that no test passes on an old build. */
export const COMMAND = isBuilt() ? ['dist/main.js'] : ['--import', 'tsx', 'src/main.ts'];

function isBuilt(): boolean {
  if (!existsSync('dist/main.js')) return false;
  const builtAt = statSync('dist/main.js').mtimeMs;
  return readdirSync('src', { recursive: true, encoding: 'utf8' }).every(
    (path) => statSync(join('src', path)).mtimeMs <= builtAt,
  );
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LogEntry {
  readonly level: string;
  readonly msg: string;
  readonly [member: string]: unknown;
}

export interface Launch {
  /** A Node.js on the build or on the sources, if not given. */
  readonly command?: readonly [string, ...string[]];
  readonly cwd?: string;
}

/** A process that runs the gateway with these settings, and nothing of this process's environment. */
export class GatewayProcess {
  /** What it wrote, one entry a line. */
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  readonly exited: Promise<Exit>;
  readonly #child;
  readonly #waiting = new Set<() => void>();

  constructor(env: Record<string, string>, { command = [process.execPath, ...COMMAND], cwd }: Launch = {}) {
    const [program, ...args] = command;
    this.#child = spawn(program, args, {
      cwd,
      env: { PATH: process.env.PATH, PORT: '0', LOG_FORMAT: 'json', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.stdout.push(line);
      for (const check of [...this.#waiting]) check();
    });
    createInterface({ input: this.#child.stderr }).on('line', (line) => this.stderr.push(line));
    this.exited = once(this.#child, 'close').then(([code, signal]) => ({ code, signal }));
    // A test that runs out of time disposes of nothing, and what it started must not outlive it.
    if (TestRunner.getCurrentTest()) onTestFinished(() => this[Symbol.asyncDispose]());
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Where GraphQL is. */
  get url(): string {
    return String(this.log[0]?.url);
  }

  get log(): LogEntry[] {
    return this.stdout.map((line) => JSON.parse(line));
  }

  /** The first log entry, past or to come, that has these members. */
  logged(members: Partial<LogEntry>): Promise<LogEntry> {
    const wanted = Object.entries(members);
    return new Promise((resolve, reject) => {
      const check = () => {
        const entry = this.log.find((candidate) =>
          wanted.every(([name, value]) => candidate[name] === value),
        );
        if (entry === undefined) return;
        this.#waiting.delete(check);
        resolve(entry);
      };
      this.#waiting.add(check);
      check();
      this.exited.then(() =>
        reject(new Error(['the gateway ended', ...this.stdout, ...this.stderr].join('\n'))),
      );
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill('SIGTERM');
    if ((await Promise.race([this.exited, sleep(10_000)])) === undefined) this.kill('SIGKILL');
    await this.exited;
  }
}

/** Starts a gateway on a free port and waits until it serves. */
export async function startGatewayProcess(
  env: Record<string, string> = {},
  launch: Launch = {},
): Promise<GatewayProcess> {
  const gateway = new GatewayProcess(env, launch);
  await gateway.logged({ level: 'info' });
  return gateway;
}

/** A port of loopback that was free a moment ago, for settings that must name one. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
