import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/model/global-id.ts';
import { messageNodeId } from '../../src/model/ids.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { aChat, aMessage } from '../support/sandbox.ts';

// What a router's `_entities` request answers and what it costs. REST calls are counted at the sandbox.

const SECOND = 1_700_000_000_000;

const chats = Array.from({ length: 300 }, (_, index) =>
  aChat(`chat${index}`, { title: `Contact ${index}`, labels: [`label${index}`] }, [
    aMessage(`a${index}`, SECOND + index),
    aMessage(`b${index}`, SECOND + 1000 + index),
  ]),
);

const chatIds = (count: number) => chats.slice(0, count).map(({ chat }) => chat._id);
const byChatId = (chatId: string) => ({ __typename: 'Chat', chatId });
const byId = (chatId: string) => ({ __typename: 'Chat', id: encodeGlobalId('Chat', chatId) });
const messageId = (index: number) =>
  encodeGlobalId(
    'Message',
    messageNodeId({ chatId: `chat${index}`, timestamp: SECOND + index, messageId: `a${index}` }),
  );
const message = (index: number) => ({ __typename: 'Message', id: messageId(index) });

const entities = (selection: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ sandbox: { dataset: chats } });
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(() => gateway.sandbox.reset());

function ask(selection: string, representations: readonly unknown[]) {
  return gateway.query<{ _entities: unknown[] }>(entities(selection), { representations });
}

/** Answers no REST call before all of them have come, so that this never ends if one waits for another. */
async function askInOneRound(calls: number, selection: string, representations: readonly unknown[]) {
  const release = gateway.sandbox.hold();
  const answer = ask(selection, representations);
  await gateway.sandbox.received(calls);
  release();
  return await answer;
}

describe('chats', () => {
  test('20 references are read in one round, a call each', async () => {
    const { data, errors } = await askInOneRound(
      20,
      '... on Chat { chatId title }',
      chatIds(20).map(byChatId),
    );
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual(
      chatIds(20).map((chatId, index) => ({ chatId, title: `Contact ${index}` })),
    );
    expect(gateway.sandbox.requests).toHaveLength(20);
  });

  test('300 references are no more than a long list', async () => {
    const { data, errors } = await ask('... on Chat { title }', chatIds(300).map(byChatId));
    expect(errors).toBeUndefined();
    expect(data?._entities.at(-1)).toEqual({ title: 'Contact 299' });
    expect(gateway.sandbox.requests).toHaveLength(300);
  });

  test('duplicates and both keys of a chat are one read', async () => {
    const references = [
      byChatId('chat1'),
      byId('chat1'),
      byChatId('chat1'),
      { ...byId('chat1'), chatId: 'chat1' },
    ];
    const { data, errors } = await ask('... on Chat { title }', references);
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual(references.map(() => ({ title: 'Contact 1' })));
    expect(gateway.sandbox.requests).toHaveLength(1);
  });

  test('key fields alone cost nothing', async () => {
    const { data, errors } = await ask('__typename ... on Chat { id chatId }', chatIds(20).map(byId));
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual(chatIds(20).map((chatId) => ({ ...byId(chatId), chatId })));
    expect(gateway.sandbox.requests).toHaveLength(0);
  });

  test('messages cost their own call and no read of the chat', async () => {
    const { data, errors } = await askInOneRound(
      20,
      '... on Chat { messages(last: 1) { nodes { messageId } } }',
      chatIds(20).map(byChatId),
    );
    expect(errors).toBeUndefined();
    expect(data?._entities[7]).toEqual({ messages: { nodes: [{ messageId: 'b7' }] } });
    expect(gateway.sandbox.requests.map(({ endpoint }) => endpoint)).toEqual(Array(20).fill('messages'));
  });
});

describe('messages', () => {
  test('a reference is read in one call, and its chat in another', async () => {
    const { data, errors } = await ask('... on Message { messageId text chat { chatId title } }', [
      message(3),
      message(4),
      message(3),
    ]);
    expect(errors).toBeUndefined();
    expect(data?._entities).toEqual(
      [3, 4, 3].map((index) => ({
        messageId: `a${index}`,
        text: `a${index}`,
        chat: { chatId: `chat${index}`, title: `Contact ${index}` },
      })),
    );
    expect(gateway.sandbox.requests).toHaveLength(4);
  });

  test('the key alone costs nothing, whatever fragments spread it', async () => {
    const document = `
      query ($representations: [_Any!]!) { _entities(representations: $representations) { ...Key ... on Node { id } } }
      fragment Key on Message { __typename id }
    `;
    const representations = [message(3), message(4)];
    const { data, errors } = await gateway.query(document, { representations });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ _entities: representations });
    expect(gateway.sandbox.requests).toHaveLength(0);
  });

  test('fields beyond the key are read, under whatever type they stand', async () => {
    const { data, errors } = await ask('... on _Entity { ... on Node { id } ... on Message { text } }', [
      message(3),
    ]);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ _entities: [{ id: messageId(3), text: 'a3' }] });
  });

  test('fields that @skip leaves out are not read', async () => {
    const { errors } = await ask('... on Message { id text @skip(if: true) }', [message(3)]);
    expect(errors).toBeUndefined();
    expect(gateway.sandbox.requests).toHaveLength(0);
  });
});

test('an agent is a uid; the name is not to be had by it', async () => {
  const { data, errors } = await ask('... on Agent { uid displayName }', [
    { __typename: 'Agent', uid: 'agent1' },
  ]);
  expect(errors).toBeUndefined();
  expect(data).toEqual({ _entities: [{ uid: 'agent1', displayName: null }] });
  expect(gateway.sandbox.requests).toHaveLength(0);
});

test('references of all types stand in one list, in their order, inline too', async () => {
  const { data, errors } = await gateway.query(`{
    _entities(representations: [
      { __typename: "Agent", uid: "agent1" }
      { __typename: "Message", id: "${messageId(3)}" }
      { __typename: "Chat", chatId: "chat5" }
    ]) {
      __typename
      ... on Chat { title }
      ... on Message { text }
      ... on Agent { uid }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    _entities: [
      { __typename: 'Agent', uid: 'agent1' },
      { __typename: 'Message', text: 'a3' },
      { __typename: 'Chat', title: 'Contact 5' },
    ],
  });
  expect(gateway.sandbox.requests).toHaveLength(2);
});
