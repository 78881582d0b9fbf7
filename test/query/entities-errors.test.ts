import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../src/model/global-id.ts';
import { messageNodeId } from '../../src/model/ids.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { aChat, aMessage } from '../support/sandbox.ts';

// A router asks for many entities at once, for several of its clients' fields: one bad reference must never cost the
// others. Each case stands between two good references.

const TIME = 1_700_000_000_000;
const GOOD = { __typename: 'Chat', chatId: 'good' };
const goodId = encodeGlobalId('Chat', 'good');

const BAD_REFERENCES: readonly (readonly [string, unknown])[] = [
  ['a text', 'Chat'],
  ['a number', 1],
  ['a list', [GOOD]],
  ['an empty object', {}],
  ['no __typename', { chatId: 'good' }],
  ['a __typename that is no text', { __typename: 5, chatId: 'good' }],
  ['a type that is unknown', { __typename: 'Customer', id: '1' }],
  ['a type that is no entity', { __typename: 'ChannelInfo', contactId: '1' }],
  ['a name that every object has', { __typename: 'constructor' }],
  ['no key', { __typename: 'Chat' }],
  ['an unknown key', { __typename: 'Chat', title: 'good' }],
  ["another type's key", { __typename: 'Agent', id: goodId }],
  ['a key that is a number', { __typename: 'Chat', chatId: 1 }],
  ['a key that is null', { __typename: 'Chat', chatId: null }],
  ['a key that is a list', { __typename: 'Chat', chatId: ['good'] }],
  ['a key that is an object', { __typename: 'Agent', uid: { uid: 'agent1' } }],
  ['an empty key', { __typename: 'Agent', uid: '' }],
  ['a chatId that can be none', { __typename: 'Chat', chatId: '../chats' }],
  ['an id that is none', { __typename: 'Chat', id: 'good' }],
  ["an id of another type's object", { __typename: 'Message', id: goodId }],
  ['two keys of two chats', { __typename: 'Chat', id: goodId, chatId: 'other' }],
  ['a good key beside a bad one', { __typename: 'Chat', id: goodId, chatId: 1 }],
];

const QUERY = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Chat { title messages(last: 1) { nodes { text } } }
    ... on Message { text }
    ... on Agent { uid }
  }
}`;
const GOOD_ENTITY = { title: 'Contact good', messages: { nodes: [{ text: 'a1' }] } };

function ask(gateway: TestGateway, representations: readonly unknown[]) {
  return gateway.query<{ _entities: unknown[] }>(QUERY, { representations });
}

const dataset = [
  aChat('good', {}, [aMessage('a1', TIME)]),
  ...Array.from({ length: 8 }, (_, index) => aChat(`chat${index}`)),
];

describe('one bad reference', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway({ sandbox: { dataset } });
  });
  afterAll(() => gateway[Symbol.asyncDispose]());
  beforeEach(() => gateway.sandbox.reset());

  test.each(BAD_REFERENCES)('%s nulls its own slot', async (_name, reference) => {
    const { data, errors } = await ask(gateway, [GOOD, reference, GOOD]);
    expect(data).toEqual({ _entities: [GOOD_ENTITY, null, GOOD_ENTITY] });
    expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.sandbox.requests).toHaveLength(2);
  });

  test('a chat that is not there is NOT_FOUND at the fields asked', async () => {
    const { data, errors } = await ask(gateway, [GOOD, { __typename: 'Chat', chatId: 'gone' }, GOOD]);
    expect(data).toEqual({ _entities: [GOOD_ENTITY, { title: null, messages: null }, GOOD_ENTITY] });
    expect(errors).toHaveLength(2);
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: ['_entities', 1, 'title'], extensions: { code: 'NOT_FOUND' } }),
        expect.objectContaining({ path: ['_entities', 1, 'messages'], extensions: { code: 'NOT_FOUND' } }),
      ]),
    );
  });

  test.each([
    ['a message', 'good'],
    ['the chat of a message', 'gone'],
  ])('%s that is not there is NOT_FOUND in its slot', async (_name, chatId) => {
    const id = encodeGlobalId('Message', messageNodeId({ chatId, timestamp: TIME - 5, messageId: 'gone' }));
    const { data, errors } = await ask(gateway, [GOOD, { __typename: 'Message', id }, GOOD]);
    expect(data).toEqual({ _entities: [GOOD_ENTITY, null, GOOD_ENTITY] });
    expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'NOT_FOUND' } }]);
  });

  test('every reference may be bad, each with its own error', async () => {
    const references = BAD_REFERENCES.map(([, reference]) => reference);
    const { data, errors, status } = await ask(gateway, references);
    expect(status).toBe(200);
    expect(data).toEqual({ _entities: references.map(() => null) });
    expect(errors?.map(({ path }) => path)).toEqual(references.map((_, index) => ['_entities', index]));
    expect(gateway.sandbox.requests).toHaveLength(0);
  });
});

test('references past the budget fail in their own slots; what was read stays', async () => {
  await using gateway = await startGateway({ sandbox: { dataset }, env: { UPSTREAM_BUDGET: '5' } });
  const references = Array.from({ length: 8 }, (_, index) => ({
    __typename: 'Chat',
    chatId: `chat${index}`,
  }));
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Chat { chatId title } }
  }`;
  const { data, errors } = await gateway.query(query, { representations: references });
  expect(data).toEqual({
    _entities: references.map(({ chatId }, index) => ({
      chatId,
      title: index < 5 ? `Contact ${chatId}` : null,
    })),
  });
  expect(errors).toMatchObject(
    [5, 6, 7].map((index) => ({
      path: ['_entities', index, 'title'],
      extensions: { code: 'UPSTREAM_BUDGET_EXCEEDED' },
    })),
  );
  expect(gateway.sandbox.requests).toHaveLength(5);
});
