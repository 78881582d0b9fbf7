import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';

function startProcess(env: Record<string, string>) {
  const main = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env.PATH, SANDBOX_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'the sandbox alone says where it is, serves, and ends on %s',
  async (signal) => {
    const child = startProcess({ SANDBOX_SEED: '3' });
    const [line] = await once(createInterface(child.stdout), 'line');
    const url = /http:\S+/.exec(String(line))?.[0] ?? '';
    const headers = { authorization: 'Bearer sandbox-token' };
    expect((await fetch(`${url}/chats/${LANDMARKS.fullChat}`, { headers })).status).toBe(200);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

test('a bad setting ends the start with a line for each fault', async () => {
  const child = startProcess({ SANDBOX_SEED: 'x', SANDBOX_FAULTS: 'y' });
  const lines: string[] = [];
  createInterface(child.stderr).on('line', (line) => lines.push(line));
  expect(await once(child, 'close')).toEqual([78, null]);
  expect(lines).toEqual([
    'SANDBOX_SEED: expected an integer from 0 to 9007199254740991, found "x"',
    'SANDBOX_FAULTS: expected comma-separated name=value, found "y"',
  ]);
});
