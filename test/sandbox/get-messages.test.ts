import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANDMARK_SESSION, LANDMARKS } from '../../src/sandbox/landmarks.ts';
import type { Message } from '../../src/sandbox/rest/message.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, aMessage, callSandbox } from '../support/sandbox.ts';

// Facts of the documentation page "Get Messages of a Chat".

interface MessagesAnswer {
  readonly messages: readonly Message[];
  readonly minTime: number | false;
  readonly maxTime: number | false;
}

async function read(sandbox: Sandbox, chatId: string, query: string): Promise<MessagesAnswer> {
  const response = await callSandbox(sandbox, `/messages/chat/${chatId}?${query}`);
  expect(response.status).toBe(200);
  const { messages, minTime, maxTime }: MessagesAnswer = await response.json();
  return { messages, minTime, maxTime };
}

const ids = ({ messages }: MessagesAnswer) => messages.map(({ _id }) => _id);
const newest = 'beforeTime=9999999999999&beforeId=000000000000000000000000';

const dataset = [
  aChat('five', {}, [
    aMessage('e', 3000),
    aMessage('a', 1000),
    aMessage('b', 2000),
    aMessage('c', 2000),
    aMessage('d', 2000),
  ]),
  aChat('empty'),
  aChat(
    'many',
    {},
    Array.from({ length: 60 }, (_, index) => aMessage(`m${index}`, index)),
  ),
];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ dataset });
});
afterAll(() => sandbox.close());

test('a sentinel cursor reads the newest messages, oldest first', async () => {
  expect(ids(await read(sandbox, 'five', newest))).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(ids(await read(sandbox, 'five', `${newest}&limit=2`))).toEqual(['d', 'e']);
});

test('beforeTime is inclusive and beforeId leaves out that one message', async () => {
  expect(ids(await read(sandbox, 'five', 'beforeTime=2000&beforeId=c'))).toEqual(['a', 'b', 'd']);
  expect(ids(await read(sandbox, 'five', 'beforeTime=2000&beforeId=c&limit=1'))).toEqual(['d']);
  expect(ids(await read(sandbox, 'five', 'beforeTime=1999&beforeId=c'))).toEqual(['a']);
  expect(ids(await read(sandbox, 'five', 'beforeTime=999&beforeId=c'))).toEqual([]);
});

test('50 messages unless limit says otherwise', async () => {
  expect(ids(await read(sandbox, 'many', newest))).toHaveLength(50);
  expect(ids(await read(sandbox, 'many', `${newest}&limit=1000`))).toHaveLength(60);
});

test('minTime and maxTime are of the whole chat, false when it has no messages', async () => {
  expect(await read(sandbox, 'five', 'beforeTime=1&beforeId=x&limit=1')).toEqual({
    messages: [],
    minTime: 1000,
    maxTime: 3000,
  });
  expect(await read(sandbox, 'empty', newest)).toEqual({ messages: [], minTime: false, maxTime: false });
});

test.each([
  '',
  'limit=5',
  'beforeTime=1',
  'beforeId=a',
  'botSessionId=a&beforeTime=1',
  'beforeTime=now&beforeId=a',
  'beforeTime=-1&beforeId=a',
  'beforeTime=1.5&beforeId=a',
  'beforeTime=1&beforeId=A',
  'beforeTime=1&beforeId=a-b',
  'botSessionId=A',
  `${newest}&limit=-1`,
  `${newest}&limit=all`,
])('%j is refused with 400', async (query) => {
  expect((await callSandbox(sandbox, `/messages/chat/five?${query}`)).status).toBe(400);
});

test('messages of a chat that does not exist are 404', async () => {
  expect((await callSandbox(sandbox, `/messages/chat/nowhere?${newest}`)).status).toBe(404);
});

test('botSessionId alone reads the messages of that session', async () => {
  await using generated = await startSandbox();
  const { messages } = await read(
    generated,
    LANDMARKS.botSession,
    `botSessionId=${LANDMARK_SESSION}&limit=1000`,
  );
  expect(messages).toHaveLength(130);
  expect(new Set(messages.map((message) => message.botSessionId))).toEqual(new Set([LANDMARK_SESSION]));
});

test('walking back page by page reads a generated thread once, in order', async () => {
  await using generated = await startSandbox({ seed: 3 });
  const seen: Message[] = [];
  let cursor = newest;
  for (;;) {
    const { messages } = await read(generated, LANDMARKS.fullChat, `${cursor}&limit=7`);
    const [oldest] = messages;
    if (!oldest) break;
    const known = new Set(seen.map(({ _id }) => _id));
    seen.unshift(...messages.filter(({ _id }) => !known.has(_id)));
    cursor = `beforeTime=${oldest.timestamp}&beforeId=${oldest._id}`;
  }
  const { messages } = await read(generated, LANDMARKS.fullChat, `${newest}&limit=1000`);
  expect(seen.toSorted(byTimeAndId)).toEqual(messages.toSorted(byTimeAndId));
  expect(seen.length).toBeGreaterThan(50);
});

function byTimeAndId(a: Message, b: Message): number {
  return a.timestamp - b.timestamp || (a._id < b._id ? -1 : 1);
}
