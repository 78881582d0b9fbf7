import { expect, it } from 'vitest';
import { startGatewayProcess } from '../support/process.ts';
import { countChats } from './count-chats.ts';

it.each(['SIGTERM', 'SIGINT'] as const)('npm start serves the build and passes %s on', async (signal) => {
  await using npm = await startGatewayProcess({}, { command: ['npm', '--silent', 'start'] });
  expect(await countChats(npm.url)).toBeGreaterThan(300);
  npm.kill(signal);
  expect(await npm.exited).toEqual({ code: 0, signal: null });
  // The gateway ended with npm and is not left behind by it.
  await expect(countChats(npm.url)).rejects.toThrow('fetch failed');
});
