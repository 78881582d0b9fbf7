import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SANDBOX_TOKEN, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';
import { aChat } from '../../support/sandbox.ts';

// Tokens and keys in files: a running gateway sees that they changed.

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** Puts the file in place by a rename, as every careful writer does. */
function write(name: string, content: string): string {
  writeFileSync(join(dir, 'new'), content);
  renameSync(join(dir, 'new'), join(dir, name));
  return join(dir, name);
}

async function ask(gateway: GatewayProcess, key: string) {
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ chat(chatId: "chat-1") { title } }' }),
  });
  const { data, errors } = await answer.json();
  return errors?.[0].extensions.code ?? data.chat.title;
}

/** Asks until the answer is this one: how soon a file is looked at again is not the promise here. */
async function until(expected: string, gateway: GatewayProcess, key: string): Promise<void> {
  while ((await ask(gateway, key)) !== expected) await new Promise((resolve) => setTimeout(resolve, 50));
}

const keyLine = (key: string) => `caller:read:${createHash('sha256').update(key).digest('hex')}\n`;

it('takes a new Texter token and new keys, and keeps the old ones where the new are malformed', async () => {
  await using sandbox = await startSandbox({
    dataset: [aChat('chat-1')],
    tokens: { [SANDBOX_TOKEN]: {}, next: {} },
  });
  const tokenFile = write('token', `${SANDBOX_TOKEN}\n`);
  const keysFile = write('keys', keyLine('first'));
  await using gateway = await startGatewayProcess({
    TEXTER_BASE_URL: sandbox.url,
    TEXTER_API_TOKEN_FILE: tokenFile,
    AUTH_MODE: 'api-key',
    API_KEYS_FILE: keysFile,
  });
  expect(await ask(gateway, 'first')).toBe('Contact chat-1');
  expect(await ask(gateway, 'second')).toBe('UNAUTHENTICATED');

  write('keys', `# both, for the time of the change\n${keyLine('first')}${keyLine('second')}`);
  await until('Contact chat-1', gateway, 'second');
  expect(await ask(gateway, 'first')).toBe('Contact chat-1');
  await gateway.logged({ level: 'info', setting: 'API_KEYS_FILE' });

  write('keys', 'oops');
  while (gateway.log.every(({ level }) => level !== 'error'))
    await until('Contact chat-1', gateway, 'second');
  expect(await gateway.logged({ level: 'error' })).toMatchObject({
    setting: 'API_KEYS_FILE',
    fault: 'its content is malformed',
  });

  write('token', 'refused');
  await until('UPSTREAM_UNAUTHENTICATED', gateway, 'first');
  write('token', 'next');
  await until('Contact chat-1', gateway, 'first');
});

// An empty file was no list of keys, so that the last good one stayed: the last key could not be withdrawn.
it.each([
  ['emptied', () => write('keys', '')],
  ['left with comments', () => write('keys', '# nobody\n')],
  ['removed', () => rmSync(join(dir, 'keys'))],
])('lets nobody in once the file of the keys is %s', async (_, withdraw) => {
  await using sandbox = await startSandbox({ dataset: [aChat('chat-1')] });
  await using gateway = await startGatewayProcess({
    TEXTER_BASE_URL: sandbox.url,
    TEXTER_API_TOKEN: SANDBOX_TOKEN,
    AUTH_MODE: 'api-key',
    API_KEYS_FILE: write('keys', keyLine('first')),
  });
  expect(await ask(gateway, 'first')).toBe('Contact chat-1');
  withdraw();
  await until('UNAUTHENTICATED', gateway, 'first');
  write('keys', keyLine('second'));
  await until('Contact chat-1', gateway, 'second');
  expect(await ask(gateway, 'first')).toBe('UNAUTHENTICATED');
});
