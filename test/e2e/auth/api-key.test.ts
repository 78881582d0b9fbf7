import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';
import { aChat } from '../../support/sandbox.ts';
import { codesOf, post } from './post.ts';

// AUTH_MODE=api-key of the started process.

/** What `npm run api-key` prints: a key and the entry that lets it in. */
async function makeKey(name: string, access: string): Promise<{ key: string; entry: string }> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/api-key.mjs', name, access]);
  const key = /^ {2}(txgw_\S+)$/m.exec(stdout)?.[1] ?? '';
  const entry = /^ {2}(\S+:\S+:[0-9a-f]{64})$/m.exec(stdout)?.[1] ?? '';
  return { key, entry };
}

const READ = '{ chat(chatId: "c1") { title } }';
const write = (alias: string) =>
  `${alias}: updateChatCrmData(input: { chatId: "c1", data: { vip: true } }) { chat { crmData } }`;

let sandbox: Sandbox;
let upstream: Record<string, string>;
beforeAll(async () => {
  sandbox = await startSandbox({ dataset: [aChat('c1')] });
  upstream = { TEXTER_BASE_URL: sandbox.url, TEXTER_API_TOKEN: SANDBOX_TOKEN, AUTH_MODE: 'api-key' };
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

describe('API keys', () => {
  let gateway: GatewayProcess;
  const keys = { reader: '', writer: '' };
  beforeAll(async () => {
    const [reader, writer] = [await makeKey('reader', 'read'), await makeKey('router.eu-1', 'write')];
    Object.assign(keys, { reader: reader.key, writer: writer.key });
    gateway = await startGatewayProcess({ ...upstream, API_KEYS: `${reader.entry},${writer.entry}` });
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  test.each([undefined, 'invented', createHash('sha256').update('x').digest('hex')])(
    'the credential %j is a 401 with a challenge',
    async (credential) => {
      const answer = await post(gateway.url, READ, credential);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm=/);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
      expect(answer.body).not.toHaveProperty('data');
      expect(sandbox.requests).toHaveLength(0);
    },
  );

  test('strangers are refused before their body is looked at', async () => {
    const body = 'x'.repeat(1_000_000);
    const answer = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(401);
  });

  test('a router authenticates like any caller', async () => {
    const entities = '{ _service { sdl } _entities(representations: []) { __typename } }';
    expect(await post(gateway.url, entities)).toMatchObject({ status: 401 });
    expect(codesOf(await post(gateway.url, entities, keys.writer))).toEqual([]);
  });

  test('a reading key reads and does not write', async () => {
    expect((await post(gateway.url, READ, keys.reader)).body.data).toEqual({ chat: { title: 'Contact c1' } });
    const answer = await post(
      gateway.url,
      `mutation { ${write('a')} __typename ${write('b')} }`,
      keys.reader,
    );
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ a: null, __typename: 'Mutation', b: null });
    const extensions = { code: 'FORBIDDEN', requiredScope: 'texter:write' };
    expect(answer.body.errors).toMatchObject([
      { path: ['a'], extensions },
      { path: ['b'], extensions },
    ]);
    expect(sandbox.requests.map(({ endpoint }) => endpoint)).toEqual(['chat']);
  });

  test('a writing key does both', async () => {
    const answer = await post(gateway.url, `mutation { ${write('a')} }`, keys.writer);
    expect(answer.body.data).toEqual({ a: { chat: { crmData: { vip: true } } } });
    expect((await post(gateway.url, READ, keys.writer)).body.data).toEqual({ chat: { title: 'Contact c1' } });
  });

  test('introspection is for who has one', async () => {
    const introspection = '{ __schema { queryType { name } } __type(name: "Chat") { name } }';
    expect((await post(gateway.url, introspection, keys.reader)).body.data).toBeTruthy();
    expect(await post(gateway.url, introspection)).toMatchObject({ status: 401 });
  });

  test('the log names the caller, not the key', async () => {
    await post(gateway.url, 'query Named { chat(chatId: "c1") { title } }', keys.reader);
    expect(await gateway.logged({ operation: 'Named' })).toMatchObject({ caller: 'key:reader' });
    for (const key of Object.values(keys)) expect(gateway.stdout.join('\n')).not.toContain(key);
  });
});

test('API_KEYS_FILE is read again when it changes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'api-keys-'));
  const file = join(folder, 'keys');
  try {
    const [old, next] = [await makeKey('ci', 'read'), await makeKey('ci', 'read')];
    await writeFile(file, `# callers\n${old.entry}\n`);
    await using gateway = await startGatewayProcess({ ...upstream, API_KEYS_FILE: file });
    expect((await post(gateway.url, READ, old.key)).status).toBe(200);
    expect((await post(gateway.url, READ, next.key)).status).toBe(401);
    await writeFile(file, `${next.entry}\n`);
    const status = async (key: string) => (await post(gateway.url, READ, key)).status;
    await expect.poll(() => status(next.key), { timeout: 20_000 }).toBe(200);
    expect(await status(old.key)).toBe(401);
  } finally {
    await rm(folder, { recursive: true });
  }
});
