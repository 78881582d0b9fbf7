import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pinned } from './cpus.ts';

/** A process of the benchmark's own that takes orders, one at a time, and answers each. */
export class Helper<Order extends object, Answer> {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Runs a module of this folder on the helpers' CPU. */
  static start<Order extends object, Answer>(module: string): Helper<Order, Answer> {
    const path = fileURLToPath(new URL(module, import.meta.url));
    const [command, ...args] = pinned('helpers', [process.execPath, '--import', 'tsx', path]);
    return new Helper(spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
  }

  /** What it says without being asked. */
  async heard<T>(): Promise<T> {
    const listening = new AbortController();
    const exited = once(this.#child, 'exit', listening).then(([code]) => {
      throw new Error(`a helper process of the benchmark ended with ${code}`);
    });
    try {
      const [message] = await Promise.race([once(this.#child, 'message', listening), exited]);
      return message;
    } finally {
      exited.catch(() => {});
      listening.abort();
    }
  }

  ask(order: Order): Promise<Answer> {
    const answer = this.heard<Answer>();
    this.#child.send(order);
    return answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill();
    await exited;
  }
}
