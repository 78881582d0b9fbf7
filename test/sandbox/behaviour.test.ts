import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { behaviourSchema, type SandboxBehaviour } from '../../src/sandbox/behaviour.ts';
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, aMessage, callSandbox } from '../support/sandbox.ts';

// One test for each thing that Texter's documentation leaves open.

const session = (id: string, time: number, fields = {}) =>
  aMessage(id, time, { botSessionId: 's1', ...fields });
const messages = [
  session('c', 1000),
  session('a', 1000),
  session('d', 1000),
  session('b', 1000),
  session('e', 2000),
  { _id: 'sys', timestamp: 2500, systemMessage: true as const, newChatStatus: 1, botSessionId: 's1' },
  aMessage('f', 3000),
];
const tied = ['x', 'y', 'z', 'w', 'v', 'u'].map((id) => aChat(id, {}, [aMessage(`m${id}`, 1000)]));
const dataset = [aChat('c1', {}, messages), ...tied];

async function messageIds(sandbox: Sandbox, query: string): Promise<string> {
  const response = await callSandbox(sandbox, `/messages/chat/c1?${query}`);
  const body: { messages: { _id: string }[] } = await response.json();
  return body.messages.map(({ _id }) => _id).join(' ');
}

async function withBehaviour<T>(
  behaviour: Partial<SandboxBehaviour>,
  use: (sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  await using sandbox = await startSandbox({ dataset, behaviour });
  return await use(sandbox);
}

const newest = 'beforeTime=9999999999999&beforeId=0';

test.each([
  ['insertion', 'c a d b e sys f', 'd b e sys f'],
  ['id', 'a b c d e sys f', 'c d e sys f'],
  ['id-desc', 'd c b a e sys f', 'b a e sys f'],
] as const)('tieOrder=%s', async (tieOrder, all, cut) => {
  await withBehaviour({ tieOrder }, async (sandbox) => {
    expect(await messageIds(sandbox, newest)).toBe(all);
    expect(await messageIds(sandbox, `${newest}&limit=5`)).toBe(cut);
  });
});

test('tieOrder=random differs between calls, by the seed, and never moves a message out of its millisecond', async () => {
  const orders = () =>
    withBehaviour({ tieOrder: 'random' }, (sandbox) =>
      Promise.all(Array.from({ length: 12 }, () => messageIds(sandbox, newest))),
    );
  const once = await orders();
  expect(new Set(once).size).toBeGreaterThan(1);
  for (const order of once) expect(order).toMatch(/^([abcd] ){4}e sys f$/);
  expect(new Set(await orders())).toEqual(new Set(once));
});

test('chatTieOrder=random shuffles chats of equal time, stable keeps them', async () => {
  const orders = (chatTieOrder: 'stable' | 'random') =>
    withBehaviour({ chatTieOrder }, async (sandbox) => {
      const seen = new Set<string>();
      for (let call = 0; call < 8; call += 1) {
        const body: { data: { _id: string }[] } = await (await callSandbox(sandbox, '/chats/search')).json();
        const [first, ...rest] = body.data.map(({ _id }) => _id);
        expect(first).toBe('c1');
        expect(rest.toSorted().join('')).toBe('uvwxyz');
        seen.add(rest.join(''));
      }
      return seen.size;
    });
  expect(await orders('stable')).toBe(1);
  expect(await orders('random')).toBeGreaterThan(1);
});

test('messageLimitCap silently returns fewer', async () => {
  await withBehaviour({ messageLimitCap: 2 }, async (sandbox) => {
    expect(await messageIds(sandbox, `${newest}&limit=100`)).toBe('sys f');
    expect(await messageIds(sandbox, newest)).toBe('sys f');
    expect(await messageIds(sandbox, 'botSessionId=s1')).toBe('b e');
  });
});

test('messageLimitMax refuses a larger limit', async () => {
  await withBehaviour({ messageLimitMax: 60 }, async (sandbox) => {
    expect((await callSandbox(sandbox, `/messages/chat/c1?${newest}&limit=61`)).status).toBe(400);
    expect((await callSandbox(sandbox, `/messages/chat/c1?${newest}&limit=60`)).status).toBe(200);
  });
});

test.each([
  ['empty', ''],
  ['default', 'c a d b e sys f'],
  ['unlimited', 'c a d b e sys f'],
] as const)('zeroLimit=%s', async (zeroLimit, ids) => {
  await withBehaviour({ zeroLimit }, async (sandbox) => {
    expect(await messageIds(sandbox, `${newest}&limit=0`)).toBe(ids);
  });
});

test('zeroLimit=refused', async () => {
  await withBehaviour({ zeroLimit: 'refused' }, async (sandbox) => {
    expect((await callSandbox(sandbox, `/messages/chat/c1?${newest}&limit=0`)).status).toBe(400);
  });
});

test('unknownBeforeId=refused takes the ids of real messages only', async () => {
  await withBehaviour({ unknownBeforeId: 'refused' }, async (sandbox) => {
    expect((await callSandbox(sandbox, `/messages/chat/c1?${newest}`)).status).toBe(400);
    expect(await messageIds(sandbox, 'beforeTime=1000&beforeId=a')).toBe('c d b');
  });
});

test.each([
  ['honoured', 'newest', 'botSessionId=s1&beforeTime=1000&beforeId=a', 'c d b'],
  ['ignored', 'newest', 'botSessionId=s1&beforeTime=1000&beforeId=a', 'c a d b e'],
  ['honoured', 'newest', 'botSessionId=s1&beforeTime=1000&beforeId=a&limit=2', 'd b'],
  ['honoured', 'oldest', 'botSessionId=s1&beforeTime=1000&beforeId=a&limit=2', 'c d'],
  ['honoured', 'newest', 'botSessionId=s1&limit=2', 'b e'],
  ['honoured', 'oldest', 'botSessionId=s1&limit=2', 'c a'],
] as const)('sessionCursor=%s, sessionLimit=%s: %s', async (sessionCursor, sessionLimit, query, ids) => {
  await withBehaviour({ sessionCursor, sessionLimit }, async (sandbox) => {
    expect(await messageIds(sandbox, query)).toBe(ids);
  });
});

test.each([
  ['kept', 'c a d b e sys'],
  ['dropped', 'c a d b e'],
] as const)('sessionSystemMessages=%s', async (sessionSystemMessages, ids) => {
  await withBehaviour({ sessionSystemMessages }, async (sandbox) => {
    expect(await messageIds(sandbox, 'botSessionId=s1')).toBe(ids);
  });
});

test('searchableContacts=all finds an e-mail address', async () => {
  const mail = aChat('mail', { channelInfo: { name: 'email', id: 'Dana@example.com', accountId: 'box' } }, [
    aMessage('m', 1),
  ]);
  const found = async (searchableContacts: 'phones' | 'all') => {
    await using sandbox = await startSandbox({ dataset: [mail], behaviour: { searchableContacts } });
    return (await (await callSandbox(sandbox, '/chats/search?search=dana@EXAMPLE.com')).json()).total;
  };
  expect([await found('phones'), await found('all')]).toEqual([0, 1]);
});

test('statuses of refusals', async () => {
  const behaviour = { unauthorizedStatus: 403, missingScopeStatus: 401, unknownChatStatus: 400 };
  await using sandbox = await startSandbox({
    dataset,
    behaviour,
    tokens: { none: { scopes: [] }, [SANDBOX_TOKEN]: {} },
  });
  const status = async (token: string, chatId: string) =>
    (await callSandbox(sandbox, `/chats/${chatId}`, { headers: { authorization: `Bearer ${token}` } }))
      .status;
  expect([
    await status('unknown', 'c1'),
    await status('none', 'c1'),
    await status(SANDBOX_TOKEN, 'c2'),
  ]).toEqual([403, 401, 400]);
});

test.each([
  ['json', 'application/json; charset=utf-8'],
  ['text', 'text/plain; charset=utf-8'],
] as const)('errorBody=%s', async (errorBody, contentType) => {
  await withBehaviour({ errorBody }, async (sandbox) => {
    const response = await callSandbox(sandbox, '/chats/nowhere');
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(await response.text()).toContain('no such chat');
  });
});

test('gzip=on compresses for clients that accept it', async () => {
  const ask = (sandbox: Sandbox, headers: Record<string, string>) =>
    request(`${sandbox.url}/chats/c1`, { headers: { authorization: `Bearer ${SANDBOX_TOKEN}`, ...headers } });
  await withBehaviour({ gzip: 'on' }, async (sandbox) => {
    const packed = await ask(sandbox, { 'accept-encoding': 'gzip, deflate' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    const plain = await ask(sandbox, {});
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(gunzipSync(Buffer.from(await packed.body.arrayBuffer())).toString()).toBe(await plain.body.text());
  });
});

test('switches change while it runs, and reset brings back those of the start', async () => {
  await using sandbox = await startSandbox({ dataset, behaviour: { messageLimitCap: 1 } });
  expect(await messageIds(sandbox, newest)).toBe('f');
  sandbox.setBehaviour({ tieOrder: 'id' });
  expect(await messageIds(sandbox, newest)).toBe('a b c d e sys f');
  sandbox.reset();
  expect(await messageIds(sandbox, newest)).toBe('f');
});

test('what a switch cannot be is refused', () => {
  expect(() => behaviourSchema.parse({ tieOrder: 'sorted' })).toThrow();
  expect(() => behaviourSchema.parse({ tieorder: 'id' })).toThrow();
});
