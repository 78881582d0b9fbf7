import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { encodeGlobalId } from '../../../src/model/global-id.ts';
import { freePort, GatewayProcess, startGatewayProcess } from '../../support/process.ts';
import { AUDIENCE, createSigner, ISSUER, startKeyServer } from '../../unit/auth/key-server.ts';
import { FAULTS, type HostileUpstream, honest, PLANTED, startHostileUpstream } from './hostile-upstream.ts';

// Everything that the started process emits, searched for what was planted: with a log that tells all it can, under
// every fault of the upstream, and for whatever callers send.

const TOKEN = 'planted-texter-token';
const KEY = 'planted-api-key';
/** What callers write into documents and variables, which are no business of the log. */
const TYPED = 'planted-by-the-caller';
const MESSAGE_ID = encodeGlobalId('Message', 'c1:1700000000000:m1');

const REQUESTS: readonly { query: string; variables?: object }[] = [
  { query: '{ chats { nodes { title status lastMessage { text } crmData } } }' },
  {
    query:
      '{ chat(chatId: "c1") { title crmData lastMessage { text } messages { nodes { text direction } } } }',
  },
  { query: `{ node(id: "${MESSAGE_ID}") { ... on Message { text chat { title } } } }` },
  {
    query:
      '{ _entities(representations: [{ __typename: "Chat", chatId: "c1" }]) { ... on Chat { crmData } } }',
  },
  { query: `query Typed($t: String = "${TYPED}") { chats(filter: { search: $t }) { totalCount } }` },
  {
    query:
      'mutation ($d: JSONObject!) { updateChatCrmData(input: { chatId: "c1", data: $d }) { chat { crmData } } }',
    variables: { d: { note: TYPED } },
  },
  { query: `mutation { updateChatCrmData(input: { chatId: "${TYPED}/", data: {} }) { chat { id } } }` },
];

/** Requests that never become an operation. */
const REFUSED: readonly RequestInit[] = [
  { body: `{"query": "{ ${TYPED}` },
  { body: JSON.stringify({ query: `{ chat(chatId: "${TYPED}` }) },
  { body: JSON.stringify({ query: `{ chats(first: "${TYPED}") { totalCount } }` }) },
  {
    body: JSON.stringify({
      query: 'query ($n: Int!) { chats(first: $n) { totalCount } }',
      variables: { n: TYPED },
    }),
  },
  { body: 'x', headers: { 'content-type': `text/${TYPED}` } },
  { body: JSON.stringify({ query: '{ __typename }' }), headers: { authorization: `Bearer ${TYPED}` } },
];

/** The process and all that came over HTTP. */
interface Witness {
  readonly gateway: GatewayProcess;
  readonly url: string;
  /** Status line, headers and body of every answer. */
  readonly answers: string[];
}

const STACK = /\n\s+at |\\n\s+at |node_modules|\.[jt]s:\d+/;

async function ask({ url, answers }: Witness, path = '', init: RequestInit = {}): Promise<string> {
  const response = await fetch(new URL(path, url), {
    ...init,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}`, ...init.headers },
  });
  const text = await response.text();
  answers.push(`${response.status} ${JSON.stringify([...response.headers])} ${text}`);
  return text;
}

async function askAll(witness: Witness): Promise<void> {
  for (const request of REQUESTS) await ask(witness, '', { method: 'POST', body: JSON.stringify(request) });
}

/** Starts a gateway whose log need not be JSON, so that it cannot be read where it listens. */
async function startWitness(settings: Record<string, string>): Promise<Witness> {
  const port = await freePort();
  const gateway = new GatewayProcess({ ...settings, PORT: String(port) });
  const url = `http://127.0.0.1:${port}/graphql`;
  await vi.waitFor(() => fetch(new URL('/health', url)), { timeout: 30_000 });
  return { gateway, url, answers: [] };
}

const API_KEYS = `caller:write:${createHash('sha256').update(KEY).digest('hex')}`;

describe.each<[string, Record<string, string>]>([
  ['all it can', { AUTH_MODE: 'api-key', API_KEYS }],
  ['for people, with its callers’ own tokens', { AUTH_MODE: 'passthrough', LOG_FORMAT: 'pretty' }],
])('a gateway that logs %s', (_, settings) => {
  let upstream: HostileUpstream;
  let witness: Witness;
  beforeAll(async () => {
    upstream = await startHostileUpstream();
    witness = await startWitness({
      ...settings,
      TEXTER_BASE_URL: upstream.url,
      TEXTER_API_TOKEN: TOKEN,
      LOG_LEVEL: 'trace',
      DEBUG_UPSTREAM: 'on',
      GRAPHIQL: 'on',
      UPSTREAM_TIMEOUT_MS: '300',
      OPERATION_TIMEOUT_MS: '1500',
      UPSTREAM_MAX_BYTES: '50000',
    });
  });
  afterAll(async () => {
    await witness.gateway[Symbol.asyncDispose]();
    await upstream[Symbol.asyncDispose]();
  });

  const emitted = () => [...witness.gateway.stdout, ...witness.gateway.stderr];

  function expectSilence(): void {
    const { host } = upstream;
    for (const answer of witness.answers) {
      for (const secret of [TOKEN, KEY, host, PLANTED.body, PLANTED.header, PLANTED.redirect])
        expect(answer).not.toContain(secret);
      expect(answer).not.toMatch(STACK);
    }
    for (const line of emitted()) {
      for (const secret of [TOKEN, KEY, TYPED, ...Object.values(PLANTED)]) expect(line).not.toContain(secret);
      expect(line).not.toMatch(STACK);
    }
  }

  test('holds no data of answers that went well', async () => {
    upstream.answer = honest;
    await askAll(witness);
    // The test would prove nothing if the data did not come by.
    expect(witness.answers.join('\n')).toContain(PLANTED.data);
    expectSilence();
  });

  test.each(Object.keys(FAULTS))('holds nothing of %s', async (name) => {
    // Breakers open at half of the calls: enough that go well let every fault be met.
    upstream.answer = honest;
    for (let i = 0; i < 4; i += 1) await askAll(witness);
    witness.answers.length = 0;
    upstream.answer = FAULTS[name] ?? honest;
    upstream.seen = 0;
    await askAll(witness);
    expect(upstream.seen).toBeGreaterThanOrEqual(6);
    expect(witness.answers).toHaveLength(REQUESTS.length);
    expect(witness.answers.join('\n')).toContain('"code"');
    expectSilence();
  });

  test('holds nothing of what is refused', async () => {
    witness.answers.length = 0;
    for (const init of REFUSED) await ask(witness, '', { method: 'POST', ...init });
    expectSilence();
  });

  test('nor do metrics, probes and GraphiQL', async () => {
    witness.answers.length = 0;
    const pages = [
      await ask(witness, '/metrics'),
      await ask(witness, '/health'),
      await ask(witness, '/ready'),
      await ask(witness, '', { headers: { accept: 'text/html' } }),
    ];
    expect(pages[0]).toContain('texter_gateway_upstream_requests_total{endpoint="chat",status="timeout"}');
    expect(pages[3]).toContain('<!doctype html>');
    for (const page of pages) {
      for (const secret of [TOKEN, KEY, TYPED, upstream.host, ...Object.values(PLANTED)])
        expect(page).not.toContain(secret);
    }
  });
});

test('a key set that is no key set shows nothing of itself', async () => {
  await using upstream = await startHostileUpstream();
  const signer = await createSigner('k1');
  await using keyServer = await startKeyServer(signer);
  keyServer.failure = { status: 200, body: `<html>${PLANTED.body}` };
  await using gateway = await startGatewayProcess({
    TEXTER_BASE_URL: upstream.url,
    TEXTER_API_TOKEN: TOKEN,
    AUTH_MODE: 'jwt',
    JWT_JWKS_URL: keyServer.url.href,
    JWT_ISSUER: ISSUER,
    JWT_AUDIENCE: AUDIENCE,
    LOG_LEVEL: 'trace',
  });
  const witness: Witness = { gateway, url: gateway.url, answers: [] };
  const token = await signer.sign();
  const authorization = `Bearer ${token}`;
  await ask(witness, '', {
    method: 'POST',
    body: '{ "query": "{ __typename }" }',
    headers: { authorization },
  });
  await gateway.logged({ level: 'error' });
  for (const text of [...witness.answers, ...gateway.stdout, ...gateway.stderr]) {
    for (const secret of [TOKEN, token, PLANTED.body]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(STACK);
  }
});
