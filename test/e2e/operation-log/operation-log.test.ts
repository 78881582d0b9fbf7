import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LogEntry } from '../../support/process.ts';
import { type GatewayOverSandbox, startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox } from '../support/inbox.ts';

const KEY = 'a-key';
let started: GatewayOverSandbox;
beforeAll(async () => {
  const hash = createHash('sha256').update(KEY).digest('hex');
  started = await startGatewayOverSandbox(
    { AUTH_MODE: 'api-key', API_KEYS: `crm:read:${hash}` },
    { dataset: anInbox(3) },
  );
});
afterAll(() => started[Symbol.asyncDispose]());
beforeEach(() => started.sandbox.reset());

const THREAD = 'query Thread { chats(first: 3) { nodes { title lastMessage { text } } } }';

/** The lines that a request left, each with what is the same in all of them checked and taken out. */
async function linesOf(document: string, requestId: string): Promise<object[]> {
  const headers = { authorization: `Bearer ${KEY}`, 'x-request-id': requestId };
  await started.query(document, { headers });
  await started.gateway.logged({ requestId });
  const lines = started.gateway.log.filter((line) => line.requestId === requestId);
  return lines.map(({ level, time, pid, msg, caller, durationMs, hash, ...rest }: LogEntry) => {
    expect({ level, msg, caller }).toEqual({ level: 'info', msg: 'operation', caller: 'key:crm' });
    expect(Date.parse(String(time))).toBeGreaterThan(0);
    expect(pid).toBe(started.gateway.pid);
    expect(durationMs).toBeGreaterThanOrEqual(0);
    expect(hash).toBe(createHash('sha256').update(document).digest('hex').slice(0, 16));
    return rest;
  });
}

test('an operation is one line: who, what, how long, what it cost and what came of it', async () => {
  expect(await linesOf(THREAD, 'cold')).toEqual([
    { requestId: 'cold', operation: 'Thread', outcome: 'ok', calls: 4, rounds: 2, reused: 0 },
  ]);
  expect(await linesOf(THREAD, 'steady')).toEqual([
    { requestId: 'steady', operation: 'Thread', outcome: 'ok', calls: 1, rounds: 1, reused: 3 },
  ]);
});

test('what failed stands there by its codes, each once', async () => {
  started.sandbox.setFaults([{ endpoint: 'messages', body: 'html' }]);
  const document = `{ chats(first: 3) { nodes { messages(last: 1) { nodes { text } } } }
    missing: chat(chatId: "not a chat/") { title } }`;
  expect(await linesOf(document, 'partial')).toEqual([
    {
      requestId: 'partial',
      outcome: 'partial',
      calls: 4,
      rounds: 2,
      reused: 0,
      codes: expect.arrayContaining(['UPSTREAM_INVALID_RESPONSE', 'BAD_USER_INPUT']),
    },
  ]);
});

test('what was refused costs nothing, and is a line as well', async () => {
  expect(await linesOf('query Wrong { nothing }', 'refused')).toEqual([
    {
      requestId: 'refused',
      outcome: 'refused',
      calls: 0,
      rounds: 0,
      reused: 0,
      codes: ['GRAPHQL_VALIDATION_FAILED'],
    },
  ]);
});
