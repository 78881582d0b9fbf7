import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/sandbox/http/fault.ts';
import { type GatewayOverSandbox, startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox, writeTo } from '../support/inbox.ts';

let started: GatewayOverSandbox;
/** Where redirects lead to: another host as far as the token is concerned. */
let elsewhere: Server;
let connectionsElsewhere = 0;
let elsewhereUrl = '';
beforeAll(async () => {
  elsewhere = createServer((socket) => {
    connectionsElsewhere += 1;
    socket.destroy();
  });
  await once(elsewhere.listen(0, '127.0.0.1'), 'listening');
  const address = elsewhere.address();
  elsewhereUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  started = await startGatewayOverSandbox({ REVISION_CACHE_ENTRIES: '0' }, { dataset: anInbox(3) });
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  elsewhere.close();
});
beforeEach(() => started.sandbox.reset());

/** Reads by every endpoint, one of them twice over. */
const PAGE = `{
  list: chats(first: 10) { totalCount nodes { chatId title lastMessage { text } } }
  one: chat(chatId: "c1") { title messages(last: 5) { nodes { id text } } }
  two: chat(chatId: "c2") { title }
}`;

interface Page {
  list: { totalCount: number; nodes: { chatId: string; title: string; lastMessage: unknown }[] } | null;
  one: { title: string; messages: { nodes: { id: string; text: string }[] } | null };
  two: { title: string } | null;
}

/** What each endpoint's part of the page is, with a way to take it out of a good answer. */
const PARTS: readonly { fault: Fault; without: (page: Page) => Page; paths: (string | number)[][] }[] = [
  {
    fault: { endpoint: 'search' },
    without: (page) => ({ ...page, list: null }),
    paths: [['list']],
  },
  {
    fault: { endpoint: 'messages' },
    without: (page) => ({ ...page, one: { ...page.one, messages: null } }),
    paths: [['one', 'messages']],
  },
  {
    fault: { endpoint: 'chat', chatId: 'c2' },
    without: ({ list, one }) => ({
      list: list && {
        ...list,
        nodes: list.nodes.map((node) => (node.chatId === 'c2' ? { ...node, lastMessage: null } : node)),
      },
      one,
      two: null,
    }),
    paths: [['list', 'nodes', 1, 'lastMessage'], ['two']],
  },
];

const HOSTILE: readonly [string, Fault, string][] = [
  ['HTML', { body: 'html' }, 'UPSTREAM_INVALID_RESPONSE'],
  ['truncated JSON', { body: 'truncated' }, 'UPSTREAM_INVALID_RESPONSE'],
  ['wrong types', { body: 'wrong-types' }, 'UPSTREAM_INVALID_RESPONSE'],
  ['nothing', { body: 'empty' }, 'UPSTREAM_INVALID_RESPONSE'],
  ['a body over 8 MB', { body: 'huge' }, 'UPSTREAM_INVALID_RESPONSE'],
  ['a stream that never ends', { body: 'endless' }, 'UPSTREAM_INVALID_RESPONSE'],
  ['success: false with 200', { body: 'failure' }, 'UPSTREAM_INVALID_RESPONSE'],
  ['204', { status: 204 }, 'UPSTREAM_INVALID_RESPONSE'],
  ['a connection that always breaks', { break: 'body' }, 'UPSTREAM_UNAVAILABLE'],
];
const REDIRECTS = [301, 302, 303, 307, 308];

async function goodPage(): Promise<Page> {
  started.sandbox.reset();
  const { data, errors } = await started.query<Page>(PAGE);
  expect(errors).toBeUndefined();
  return data;
}

async function expectOneLoss(fault: Fault, code: string): Promise<void> {
  const good = await goodPage();
  for (const part of PARTS) {
    started.sandbox.setFaults([{ ...part.fault, ...fault }]);
    const { status, data, errors = [] } = await started.query<Page>(PAGE);
    expect(status).toBe(200);
    expect(data).toEqual(part.without(good));
    expect(errors.map(({ path }) => path).sort()).toEqual(part.paths);
    for (const { extensions } of errors) expect(extensions).toEqual({ code });
  }
}

describe('an endpoint that answers with', () => {
  test.each(HOSTILE)('%s costs what it should have brought, and nothing else', async (_, fault, code) => {
    await expectOneLoss(fault, code);
  });

  test.each(REDIRECTS)('%i is not followed to where it leads', async (status) => {
    await expectOneLoss({ redirect: elsewhereUrl, status }, 'UPSTREAM_INVALID_RESPONSE');
    expect(connectionsElsewhere).toBe(0);
  });

  test('everything twice costs nothing, and shows nothing twice', async () => {
    const good = await goodPage();
    started.sandbox.setFaults([{ body: 'duplicates' }]);
    expect(await started.query(PAGE)).toMatchObject({ data: good, errors: undefined });
  });
});

test.each(HOSTILE)('a write that is answered with %s may have been applied', async (_, fault, code) => {
  started.sandbox.setFaults([{ endpoint: 'crm', ...fault }]);
  const { data, errors } = await started.query(writeTo('c1'));
  expect(data).toEqual({ updateChatCrmData: null });
  expect(errors).toMatchObject([{ path: ['updateChatCrmData'], extensions: { code, applied: 'unknown' } }]);
  expect(started.sandbox.requests).toHaveLength(1);
});

test('a write that is redirected is not sent elsewhere', async () => {
  started.sandbox.setFaults([{ endpoint: 'crm', redirect: elsewhereUrl, status: 307 }]);
  expect(await started.query(writeTo('c1'))).toMatchObject({
    errors: [{ extensions: { code: 'UPSTREAM_INVALID_RESPONSE', applied: 'unknown' } }],
  });
  expect(connectionsElsewhere).toBe(0);
});

test('a hundred hostile answers leave the memory where it was', async () => {
  const { query, metric, sandbox } = started;
  const bodies = ['huge', 'endless', 'truncated', 'html'] as const;
  const strike = async (times: number) => {
    for (let i = 0; i < times; i += 1) {
      sandbox.setFaults([{ body: bodies[i % bodies.length] ?? 'huge' }]);
      await query(PAGE);
    }
  };
  const megabytes = async () => ((await metric('process_resident_memory_bytes')) ?? 0) / 2 ** 20;
  await strike(8);
  const before = await megabytes();
  await strike(25);
  // Four calls a page, half of them 8 MB: what was kept would come to 400.
  expect((await megabytes()) - before).toBeLessThan(150);
});
