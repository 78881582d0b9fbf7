import { expect, test } from 'vitest';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, aMessage, callSandbox } from '../support/sandbox.ts';

test('a new message moves its chat to the top, with its preview, times and updatedAt', async () => {
  await using sandbox = await startSandbox({
    dataset: [aChat('a', {}, [aMessage('m1', 1)]), aChat('b', {}, [aMessage('m2', 2)])],
  });
  sandbox.store.addMessage('a', aMessage('m3', 3, { text: 'news' }));
  const { data } = await (await callSandbox(sandbox, '/chats/search')).json();
  expect(data.map(({ _id }: { _id: string }) => _id)).toEqual(['a', 'b']);
  const chat = await (await callSandbox(sandbox, '/chats/a')).json();
  expect(chat).toMatchObject({
    lastMessage: { text: 'news' },
    lastMessageTimestamp: 3,
    lastIncomingMessageTimestamp: 3,
  });
  expect(chat.updatedAt).not.toBe('2026-01-02T00:00:00.000Z');
});

test('a message can be added to a generated thread', async () => {
  await using sandbox = await startSandbox({ seed: 1 });
  const { length } = sandbox.store.get(LANDMARKS.email)?.thread ?? { length: 0 };
  sandbox.store.addMessage(LANDMARKS.email, aMessage('ffff', Date.now() + 1000));
  expect(sandbox.store.get(LANDMARKS.email)?.thread.length).toBe(length + 1);
});

test('chats can be changed, deleted and replaced; reset brings back those of the start', async () => {
  await using sandbox = await startSandbox({ dataset: [aChat('a'), aChat('b')] });
  sandbox.store.updateChat('a', ({ title: _, ...chat }) => ({ ...chat, labels: ['VIP'] }));
  expect(sandbox.store.get('a')?.chat).toMatchObject({ labels: ['VIP'] });
  expect(sandbox.store.get('a')?.chat).not.toHaveProperty('title');
  sandbox.store.deleteChat('b');
  expect((await callSandbox(sandbox, '/chats/b')).status).toBe(404);
  sandbox.store.replace([aChat('c')]);
  expect((await callSandbox(sandbox, '/chats/c')).status).toBe(200);
  sandbox.reset();
  expect(sandbox.store.newestFirst().map(({ _id }) => _id)).toEqual(['a', 'b']);
  expect(() => sandbox.store.updateChat('nowhere', (chat) => chat)).toThrow('has no chat nowhere');
});
