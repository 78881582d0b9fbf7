import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort, GatewayProcess, startGatewayProcess } from '../support/process.ts';
import { countChats } from './count-chats.ts';
import { buildImage, type Image } from './dockerfile.ts';

let target: string;
let image: Image;
beforeAll(() => {
  target = mkdtempSync(join(tmpdir(), 'image-'));
  image = buildImage('.', target);
});
afterAll(() => rmSync(target, { recursive: true, force: true }));

function launch() {
  const [program = '', ...args] = image.command;
  return { command: [program, ...args], cwd: image.cwd } as const;
}

it('holds production dependencies only, and nothing to build with', () => {
  expect(existsSync(join(image.cwd, 'node_modules/graphql'))).toBe(true);
  for (const path of ['node_modules/typescript', 'node_modules/vitest', 'src', 'test']) {
    expect(existsSync(join(image.cwd, path))).toBe(false);
  }
});

it('never serves the sandbox by omission', async () => {
  await using container = new GatewayProcess({ ...image.env }, launch());
  expect(await container.exited).toEqual({ code: 78, signal: null });
});

it('serves, says so to the health check, and ends by SIGTERM', async () => {
  const PORT = String(await freePort());
  const checkHealth = () => {
    const [program = '', ...args] = image.healthcheck;
    return spawnSync(program, args, { env: { PATH: process.env.PATH, PORT } }).status;
  };
  await using container = await startGatewayProcess({ ...image.env, SANDBOX: 'on', PORT }, launch());
  expect(await countChats(container.url)).toBeGreaterThan(300);
  expect(checkHealth()).toBe(0);
  container.kill('SIGTERM');
  expect(await container.exited).toEqual({ code: 0, signal: null });
  expect(checkHealth()).toBe(1);
});
