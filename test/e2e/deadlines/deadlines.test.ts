import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../../src/sandbox/http/fault.ts';
import { type GatewayOverSandbox, startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox, INBOX, titleOf, writeTo } from '../support/inbox.ts';

let started: GatewayOverSandbox;

/** One gateway for the tests of a group. */
function withGateway(settings: Record<string, string>): void {
  beforeAll(async () => {
    started = await startGatewayOverSandbox(
      { REVISION_CACHE_ENTRIES: '0', ...settings },
      { dataset: anInbox(3) },
    );
  });
  afterAll(() => started[Symbol.asyncDispose]());
  beforeEach(() => started.sandbox.reset());
}

/** The inbox without what the calls for these chats should have brought. */
const inboxWithout = (...missing: string[]) => ({
  chats: {
    nodes: ['c1', 'c2', 'c3'].map((chatId) => ({
      chatId,
      lastMessage: missing.includes(chatId) ? null : { text: chatId },
    })),
  },
});

const lastMessageError = (index: number, code: string) => ({
  path: ['chats', 'nodes', index, 'lastMessage'],
  extensions: { code },
});

describe('UPSTREAM_TIMEOUT_MS', () => {
  withGateway({ UPSTREAM_TIMEOUT_MS: '400' });

  test.each<[string, Fault]>([
    ['never begins', { hang: 'headers' }],
    ['begins too late', { latencyMs: 20_000 }],
    ['stops in the middle of its body', { hang: 'body' }],
  ])('ends a call whose answer %s, once, and costs the answer that field alone', async (_, fault) => {
    const { sandbox, query } = started;
    sandbox.setFaults([{ endpoint: 'chat', chatId: 'c2', ...fault }]);
    const began = performance.now();
    const { data, errors } = await query(INBOX);
    const took = performance.now() - began;

    expect(data).toEqual(inboxWithout('c2'));
    expect(errors).toMatchObject([lastMessageError(1, 'UPSTREAM_TIMEOUT')]);
    // On time within 100 ms is for a quiet machine to show; here a second call would already be too late.
    expect(took).toBeGreaterThanOrEqual(399);
    expect(took).toBeLessThan(4000);
    const calls = sandbox.requests.filter(({ chatId }) => chatId === 'c2');
    expect(calls).toHaveLength(1);
    await vi.waitFor(() => expect(calls[0]?.aborted).toBe(true));
  });

  test('leaves open whether a write was applied, and does not repeat it', async () => {
    const { sandbox, query } = started;
    sandbox.setFaults([{ endpoint: 'crm', hang: 'headers' }]);
    const { data, errors } = await query(writeTo('c1'));
    expect(data).toEqual({ updateChatCrmData: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT', applied: 'unknown' } }]);
    expect(sandbox.requests).toHaveLength(1);
    expect(sandbox.store.get('c1')?.chat.crmData).toEqual({ tier: 'gold' });
  });
});

describe('OPERATION_TIMEOUT_MS', () => {
  withGateway({ OPERATION_TIMEOUT_MS: '2000', UPSTREAM_CONCURRENCY: '1' });

  test('keeps what was read; the call under way and those that waited carry the code', async () => {
    const { sandbox, query } = started;
    const release = sandbox.hold(({ chatId }) => chatId === 'c2');
    const began = performance.now();
    const { status, data, errors } = await query(INBOX);
    expect(performance.now() - began).toBeGreaterThanOrEqual(1999);

    expect(status).toBe(200);
    expect(data).toEqual(inboxWithout('c2', 'c3'));
    // In either order: GraphQL promises none among siblings, and both end at the same moment.
    expect(errors).toHaveLength(2);
    expect(errors).toMatchObject(
      expect.arrayContaining(
        [1, 2].map((at) => expect.objectContaining(lastMessageError(at, 'OPERATION_TIMEOUT'))),
      ),
    );
    await vi.waitFor(() =>
      expect(sandbox.requests.slice(0, 3)).toMatchObject([
        { endpoint: 'search', status: 200 },
        { chatId: 'c1', status: 200 },
        { chatId: 'c2', aborted: true },
      ]),
    );
    release();
  });

  test.each<[string, Fault]>([
    ['a retry', { status: 503, retryAfter: 30 }],
    ['a pause', { status: 429, retryAfter: 30 }],
  ])('%s that would pass it is not waited for', async (_, fault) => {
    const { sandbox, query } = started;
    sandbox.setFaults([{ endpoint: 'chat', ...fault }]);
    const code = fault.status === 429 ? 'UPSTREAM_RATE_LIMITED' : 'UPSTREAM_UNAVAILABLE';
    expect(await query(titleOf('c1'))).toMatchObject({ errors: [{ path: ['chat'], extensions: { code } }] });
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('OPERATION_TIMEOUT_MS and a write', () => {
  withGateway({ OPERATION_TIMEOUT_MS: '700', UPSTREAM_CONCURRENCY: '1' });

  test('that was sent: it goes on, and may have been applied', async () => {
    const { sandbox, query } = started;
    const release = sandbox.hold();
    expect(await query(writeTo('c1'))).toMatchObject({
      data: { updateChatCrmData: null },
      errors: [{ extensions: { code: 'OPERATION_TIMEOUT', applied: 'unknown' } }],
    });
    release();
    await vi.waitFor(() => expect(sandbox.requests).toMatchObject([{ status: 200, aborted: false }]));
  });

  test('that waited for its turn: it is never sent', async () => {
    const { sandbox, query } = started;
    const release = sandbox.hold();
    // A write keeps its turn when its own operation is over.
    const ahead = query(writeTo('c1'));
    await sandbox.received(1);
    expect(await query(writeTo('c2'))).toMatchObject({
      errors: [{ extensions: { code: 'OPERATION_TIMEOUT', applied: 'no' } }],
    });
    await ahead;
    release();
    expect(await query(titleOf('c1'))).toMatchObject({ errors: undefined });
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });
});
