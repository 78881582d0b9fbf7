import { afterAll, beforeAll, expect, test } from 'vitest';
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { startGatewayProcess } from '../../support/process.ts';
import { aChat } from '../../support/sandbox.ts';
import { AUDIENCE, createSigner, ISSUER, startKeyServer } from '../../unit/auth/key-server.ts';
import { codesOf, post } from './post.ts';

// AUTH_MODE=jwt of the started process.

const READ = '{ chat(chatId: "c1") { title } }';
const WRITE = 'mutation { updateChatCrmData(input: { chatId: "c1", data: {} }) { chat { id } } }';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ dataset: [aChat('c1')] });
});
afterAll(() => sandbox.close());

const start = (jwksUrl: URL) =>
  startGatewayProcess({
    TEXTER_BASE_URL: sandbox.url,
    TEXTER_API_TOKEN: SANDBOX_TOKEN,
    AUTH_MODE: 'jwt',
    JWT_JWKS_URL: jwksUrl.href,
    JWT_ISSUER: ISSUER,
    JWT_AUDIENCE: AUDIENCE,
  });

test('a token’s scopes decide what it may do', async () => {
  const signer = await createSigner('k1');
  await using keyServer = await startKeyServer(signer);
  await using gateway = await start(keyServer.url);
  const [none, read, write] = await Promise.all(
    ['openid', 'texter:read', 'texter:write'].map((scope) => signer.sign({ scope })),
  );

  const refused = await post(gateway.url, READ, none);
  expect(refused.status).toBe(403);
  expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  expect(refused.body).toEqual({
    errors: [
      { message: expect.any(String), extensions: { code: 'FORBIDDEN', requiredScope: 'texter:read' } },
    ],
  });

  expect(codesOf(await post(gateway.url, READ, read))).toEqual([]);
  const halted = await post(gateway.url, WRITE, read);
  expect(halted.status).toBe(200);
  expect(halted.body.data).toEqual({ updateChatCrmData: null });
  expect(codesOf(halted)).toEqual(['FORBIDDEN']);

  for (const document of [READ, WRITE]) expect(codesOf(await post(gateway.url, document, write))).toEqual([]);

  const expired = await post(
    gateway.url,
    READ,
    await signer.sign({ exp: Math.floor(Date.now() / 1000) - 60 }),
  );
  expect(expired.status).toBe(401);
  expect(expired.headers.get('www-authenticate')).toContain('error="invalid_token"');
  expect(codesOf(expired)).toEqual(['UNAUTHENTICATED']);
});

test('a key set that cannot be fetched is 401, an error in the log, and no reason not to be ready', async () => {
  const signer = await createSigner('k1');
  await using keyServer = await startKeyServer(signer);
  keyServer.failure = { status: 503, body: 'planted body' };
  await using gateway = await start(keyServer.url);
  const token = await signer.sign();

  const answer = await post(gateway.url, READ, token);
  expect(answer.status).toBe(401);
  expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
  const entry = await gateway.logged({ level: 'error' });
  expect(entry.msg).toContain('key set');
  expect(gateway.stdout.join('\n')).not.toContain(token);
  expect((await fetch(new URL('/ready', gateway.url))).status).toBe(200);

  keyServer.failure = undefined;
  const status = async () => (await post(gateway.url, READ, token)).status;
  await expect.poll(status, { timeout: 20_000 }).toBe(200);
});
