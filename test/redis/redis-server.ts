import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { freePort } from '../support/process.ts';

export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  /** Holds a password, as an operator's would. */
  readonly url: string;
  /** How many clients have logged in. */
  clients(): Promise<number>;
  /** Ends it, and all it knew with it. */
  stop(): Promise<void>;
  /** Keeps its connections open and answers nothing. */
  freeze(): void;
  thaw(): void;
}

export const PASSWORD = 'planted-redis-password';

/** A redis-server of its own on loopback, which keeps nothing on disk. Resolves when it takes connections. */
export async function startRedis(chosen?: number): Promise<RedisServer> {
  const port = chosen ?? (await freePort());
  const settings = { port, bind: '127.0.0.1', requirepass: PASSWORD, appendonly: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', [...args, '--save', ''], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('Ready to accept connections')) break;
  }
  child.stdout.resume();

  const url = `redis://:${PASSWORD}@127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    await exited;
  };
  return {
    port,
    url,
    async clients() {
      const own = new Redis(url);
      const list = String(await own.client('LIST'));
      own.disconnect();
      return list.split('\n').filter((line) => line.includes('user=default')).length - 1;
    },
    stop,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    [Symbol.asyncDispose]: stop,
  };
}
