import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** Whether processes can be kept apart: what is measured on one CPU, upstream and load on another. */
const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

/** The command line that runs a command on the CPU of the measured processes, or on that of the helpers. */
export function pinned(side: 'measured' | 'helpers', [command, ...args]: Command): Command {
  return canPin ? ['taskset', '-c', side === 'measured' ? '0' : '1', command, ...args] : [command, ...args];
}

export type Command = readonly [command: string, ...args: string[]];

/** The machine that figures come from, in one line. */
export function describeMachine(): string {
  const gib = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${gib} GiB, ${process.platform} ${process.arch}${canPin ? ', processes pinned' : ''}`;
}
