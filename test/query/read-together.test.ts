import { expect, test } from 'vitest';
import { fullChat } from '../support/full-chat.ts';
import { startGateway } from '../support/gateway.ts';
import { aMessage } from '../support/sandbox.ts';

// What all chats of a page need is read before the page is executed: the same calls, answers and errors as when each
// field reads for itself, and nothing waits for it that could have gone on.

const NOON = Date.parse('2026-03-01T12:00:00.000Z');
const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(24)) as [string, string, string];

/** Newest first: a, b, c. */
const dataset = [A, B, C].map((chatId, index) =>
  fullChat(chatId, [aMessage(`aa0${index}`, NOON - index, { text: `text ${index}` })]),
);

test('the same chats by several aliases, nodes and edges are read once, and one that fails, fails alone', async () => {
  await using gateway = await startGateway({ sandbox: { dataset } });
  gateway.sandbox.setFaults([{ endpoint: 'chat', chatId: B, status: 500 }]);
  const { data, errors, extensions } = await gateway.query(`{
    chats { nodes { chatId lastMessage { text } } edges { node { lastMessage { type } } } }
    again: chats(first: 2) { nodes { title lastMessage { text } } }
  }`);
  const [zero, , two] = ['text 0', 'text 1', 'text 2'];
  expect(data).toMatchObject({
    chats: {
      nodes: [
        { chatId: A, lastMessage: { text: zero } },
        { chatId: B, lastMessage: null },
        { chatId: C, lastMessage: { text: two } },
      ],
      edges: [{ node: { lastMessage: {} } }, { node: { lastMessage: null } }, { node: { lastMessage: {} } }],
    },
    again: { nodes: [{ lastMessage: { text: zero } }, { lastMessage: null }] },
  });
  // Errors that come at the same moment come in any order.
  expect(errors?.map(({ path, extensions: { code } }) => `${path?.join('.')}: ${code}`).sort()).toEqual([
    'again.nodes.1.lastMessage: UPSTREAM_UNAVAILABLE',
    'chats.edges.1.node.lastMessage: UPSTREAM_UNAVAILABLE',
    'chats.nodes.1.lastMessage: UPSTREAM_UNAVAILABLE',
  ]);
  expect(extensions.upstream).toEqual({ calls: 5, rounds: 2, reused: 0 });
});

test('a chat that a read by id has under way is not read again', async () => {
  await using gateway = await startGateway({ sandbox: { dataset } });
  const { sandbox } = gateway;
  const release = sandbox.hold(({ endpoint }) => endpoint === 'chat');
  const answer = gateway.query(
    `{ chat(chatId: "${A}") { lastMessage { text } } chats { nodes { lastMessage { text } } } }`,
  );
  await sandbox.received(4);
  release();
  expect((await answer).data).toEqual({
    chat: { lastMessage: { text: 'text 0' } },
    chats: { nodes: [0, 1, 2].map((index) => ({ lastMessage: { text: `text ${index}` } })) },
  });
  expect(sandbox.requests).toHaveLength(4);
});

test.each([
  ['the messages of the chats', 'messages(last: 1) { nodes { text } }'],
  ['the messages of their bot sessions', 'botState { messages(last: 1) { nodes { text } } }'],
])('%s do not wait for their last messages', async (_name, reads) => {
  await using gateway = await startGateway({ sandbox: { dataset } });
  const { sandbox } = gateway;
  const release = sandbox.hold(({ endpoint }) => endpoint === 'chat');
  const answer = gateway.query(`{ chats { nodes { lastMessage { text } ${reads} } } }`);
  // The search, and both reads of each chat, of which those by chat are held back.
  await sandbox.received(7);
  release();
  expect((await answer).errors).toBeUndefined();
  expect(sandbox.requests).toHaveLength(7);
});

test('when time runs out, what was read is answered, and the rest says so in its place', async () => {
  await using gateway = await startGateway({ sandbox: { dataset }, env: { OPERATION_TIMEOUT_MS: '1000' } });
  gateway.sandbox.setFaults([{ endpoint: 'chat', chatId: C, hang: 'headers' }]);
  const { data, errors } = await gateway.query('{ chats { nodes { chatId lastMessage { text } } } }');
  expect(data).toEqual({
    chats: {
      nodes: [
        { chatId: A, lastMessage: { text: 'text 0' } },
        { chatId: B, lastMessage: { text: 'text 1' } },
        { chatId: C, lastMessage: null },
      ],
    },
  });
  expect(errors).toMatchObject([
    { path: ['chats', 'nodes', 2, 'lastMessage'], extensions: { code: 'OPERATION_TIMEOUT' } },
  ]);
});
