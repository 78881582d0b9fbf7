import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '../../../src/sandbox/http/request-log.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';
import { aChat } from '../../support/sandbox.ts';
import { codesOf, post } from './post.ts';

// AUTH_MODE=passthrough of the started process: the caller's Texter token goes upstream, the gateway's never does.

const READ = '{ chat(chatId: "c1") { title } }';

describe('a Texter token', () => {
  let sandbox: Sandbox;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    sandbox = await startSandbox({
      tokens: {
        alice: { dataset: [aChat('c1', { title: 'Of Alice' })] },
        bob: { dataset: [aChat('c1', { title: 'Of Bob' })], scopes: ['Send session message'] },
        'the-gateways-own': { dataset: [aChat('c1', { title: 'Of the gateway' })] },
      },
    });
    gateway = await startGatewayProcess({
      TEXTER_BASE_URL: sandbox.url,
      TEXTER_API_TOKEN: 'the-gateways-own',
      AUTH_MODE: 'passthrough',
    });
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await sandbox.close();
  });
  beforeEach(() => sandbox.reset());

  test('goes upstream as it came, each caller’s own', async () => {
    const answers = await Promise.all(
      ['alice', 'bob', 'alice'].map((token) => post(gateway.url, READ, token)),
    );
    expect(answers.map(({ body }) => body.data)).toEqual([
      { chat: { title: 'Of Alice' } },
      { chat: { title: 'Of Bob' } },
      { chat: { title: 'Of Alice' } },
    ]);
    const credentials = new Set(sandbox.requests.map(({ credential }) => credential));
    expect(credentials).toEqual(new Set([fingerprint('alice'), fingerprint('bob')]));
  });

  test('may write if Texter lets it', async () => {
    const write = 'mutation { updateChatCrmData(input: { chatId: "c1", data: {} }) { chat { id } } }';
    expect(codesOf(await post(gateway.url, write, 'alice'))).toEqual([]);
    expect((await post(gateway.url, write, 'bob')).body.errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_FORBIDDEN', requiredScope: 'Manage all chats' } },
    ]);
  });

  test('that Texter refuses says so in the field', async () => {
    const answer = await post(gateway.url, READ, 'revoked');
    expect(answer.status).toBe(200);
    expect(codesOf(answer)).toEqual(['UPSTREAM_UNAUTHENTICATED']);
  });

  test('is required', async () => {
    for (const credential of [undefined, '', 'two words']) {
      const answer = await post(gateway.url, READ, credential);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
      expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
    }
    expect(sandbox.requests).toHaveLength(0);
  });

  test('shows nobody the schema: the gateway cannot verify it', async () => {
    const answer = await post(gateway.url, '{ __schema { queryType { name } } }', 'alice');
    expect(codesOf(answer)).toEqual(expect.arrayContaining(['GRAPHQL_VALIDATION_FAILED']));
    expect((await post(gateway.url, '{ chatt { id } }', 'alice')).body.errors?.[0]?.message).not.toContain(
      'Did you mean',
    );
    expect((await post(gateway.url, '{ _service { sdl } }', 'alice')).body.data).toHaveProperty(
      '_service.sdl',
    );
  });
});
