import { expect, test } from 'vitest';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, aMessage, callSandbox } from '../support/sandbox.ts';

// Facts of the documentation page "Get Chat by Chat ID".

test('the public view carries exactly the documented fields', async () => {
  await using sandbox = await startSandbox();
  const response = await callSandbox(sandbox, `/chats/${LANDMARKS.fullChat}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const chat = await response.json();
  expect(Object.keys(chat).toSorted()).toEqual([
    'agent',
    'blockedChat',
    'botState',
    'channelInfo',
    'created',
    'departmentId',
    'externalBot',
    'language',
    'lastIncomingMessageTimestamp',
    'lastMessage',
    'lastMessageTimestamp',
    'status',
    'success',
    'title',
    'unreadCount',
    'unsubscribed',
    'updatedAt',
  ]);
  expect(chat.success).toBe(true);
  expect(chat.botState).toEqual({ id: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test.each([
  ['full', { id: 'ab', node: 'menu', extra: 1 }, { id: 'ab' }],
  ['empty', {}, {}],
  ['null', null, null],
])('a bot state that is %s is shown as its id alone', async (_, botState, shown) => {
  await using sandbox = await startSandbox({ dataset: [aChat('c1', { botState })] });
  const chat = await (await callSandbox(sandbox, '/chats/c1')).json();
  expect(chat.botState).toEqual(shown);
});

test('lastMessage previews the newest message that is no system message', async () => {
  const messages = [
    aMessage('m1', 1000, { text: 'older' }),
    aMessage('m2', 2000, { type: 'media', text: 'newer', media: [{ mediaType: 'image' }], status: 2 }),
    { _id: 'm3', timestamp: 3000, systemMessage: true as const, newChatStatus: 3 },
  ];
  await using sandbox = await startSandbox({ dataset: [aChat('c1', {}, messages)] });
  const chat = await (await callSandbox(sandbox, '/chats/c1')).json();
  expect(chat.lastMessage).toEqual({ type: 'media', text: 'newer', media: [{ mediaType: 'image' }] });
  expect(chat.lastMessageTimestamp).toBe(3000);
  expect(chat.lastIncomingMessageTimestamp).toBe(2000);
});

test('a very old chat has nothing of its channel in the public view', async () => {
  await using sandbox = await startSandbox();
  const chat = await (await callSandbox(sandbox, `/chats/${LANDMARKS.oldChat}`)).json();
  expect(chat).not.toHaveProperty('channelInfo');
  expect(chat).not.toHaveProperty('lastMessage');
  expect(chat).not.toHaveProperty('clientPhone');
});

test.each(['/chats/000000000000000000000000', '/chats/c1%2Fcrm-data', '/chats/', '/labels', '/chats'])(
  '%s is not found',
  async (path) => {
    await using sandbox = await startSandbox({ dataset: [aChat('c1')] });
    expect((await callSandbox(sandbox, path)).status).toBe(404);
  },
);

test('an id is one percent-encoded path segment', async () => {
  await using sandbox = await startSandbox({ dataset: [aChat('a/b ג')] });
  const chat = await (await callSandbox(sandbox, `/chats/${encodeURIComponent('a/b ג')}`)).json();
  expect(chat.title).toBe('Contact a/b ג');
});
