import { parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { aChat, aMessage } from '../support/sandbox.ts';
import { MESSAGE_CASES, type MessageCase } from './message-cases.ts';

const CHAT_ID = '65f00000000000000000c001';
const EMPTY_CHAT_ID = '65f00000000000000000c002';
const FIRST = 1_700_000_000_000;
const LAST = FIRST + (MESSAGE_CASES.length - 1) * 1000;

const WHOLE_MESSAGE = /* GraphQL */ `
  fragment WholeMessage on Message {
    id messageId providerMessageId isSystem direction createdAt updatedAt status botSessionId text reactions metadata
    chat { chatId }
    channelInfo { name rawName accountId contactId metadata }
    sender { kind agentUid }
    statusHistory { status at }
    content {
      __typename
      ... on MessageTextContent { text }
      ... on MessageMediaContent {
        text
        items { mediaType fileId previewFileId filename contentType caption url scanned deletedAt metadata }
      }
      ... on MessageButtonsContent { text buttons { title payload } }
      ... on MessageListContent { text button sections { title rows { title payload description } } }
      ... on MessagePostbackContent { payload title description }
      ... on MessageContactsContent { contacts { formattedName phones emails raw } }
      ... on MessageLocationContent { latitude longitude name address raw }
      ... on MessageSpecialContent { text special }
      ... on MessageSystemContent { newChatStatus details }
      ... on MessageUnknownContent { type raw }
    }
  }
`;

const THREAD = /* GraphQL */ `
  query Thread($chatId: ID!) {
    chat(chatId: $chatId) {
      messages(last: 100) {
        edges { cursor node { ...WholeMessage } }
        nodes { id }
        pageInfo { startCursor endCursor }
        firstMessageAt
        lastMessageAt
      }
    }
  }
  ${WHOLE_MESSAGE}
`;

const MESSAGES_AGAIN = /* GraphQL */ `
  query MessagesAgain($ids: [ID!]!) { nodes(ids: $ids) { __typename ...WholeMessage } }
  ${WHOLE_MESSAGE}
`;

interface Shown {
  readonly id: string;
  readonly [field: string]: unknown;
}

interface Thread {
  readonly chat: {
    readonly messages: {
      readonly edges: readonly { readonly cursor: string; readonly node: Shown }[];
      readonly nodes: readonly { readonly id: string }[];
      readonly pageInfo: { readonly startCursor: string | null; readonly endCursor: string | null };
      readonly firstMessageAt: string | null;
      readonly lastMessageAt: string | null;
    };
  };
}

/** What REST sends for a case: its members and nothing else, at its place in the thread. */
function restMessage({ rest }: MessageCase, index: number) {
  const { _id, timestamp } = aMessage(`65f0000000000000000000${index + 10}`, FIRST + index * 1000);
  return { _id, timestamp, ...rest };
}

const NOTHING = {
  providerMessageId: null,
  isSystem: false,
  direction: null,
  updatedAt: null,
  status: null,
  botSessionId: null,
  text: null,
  reactions: null,
  metadata: null,
  channelInfo: null,
  statusHistory: [],
};

function shownMessage({ shown }: MessageCase, rest: ReturnType<typeof restMessage>) {
  const raw = shown.content.__typename === 'MessageUnknownContent' ? { raw: rest } : {};
  return {
    ...NOTHING,
    id: expect.stringMatching(/^[\w-]+$/),
    messageId: rest._id,
    createdAt: new Date(rest.timestamp).toISOString(),
    chat: { chatId: CHAT_ID },
    ...shown,
    content: { ...shown.content, ...raw },
  };
}

describe('the fields of messages', () => {
  let gateway: TestGateway;
  let thread: Thread['chat']['messages'];

  beforeAll(async () => {
    gateway = await startGateway({
      sandbox: { dataset: [aChat(CHAT_ID, {}, MESSAGE_CASES.map(restMessage)), aChat(EMPTY_CHAT_ID)] },
    });
    const answer = await gateway.query<Thread>(THREAD, { chatId: CHAT_ID });
    expect(answer.errors).toBeUndefined();
    if (!answer.data) throw new Error('an answer without errors has data');
    thread = answer.data.chat.messages;
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  it.each(MESSAGE_CASES.map((shown, index) => ({ shown, index, name: shown.name })))(
    '$name',
    ({ shown, index }) => {
      expect(thread.edges[index]?.node).toEqual(shownMessage(shown, restMessage(shown, index)));
    },
  );

  it('show the page: nodes, cursors and the bounds of the whole chat', () => {
    expect(thread.nodes).toEqual(thread.edges.map(({ node }) => ({ id: node.id })));
    expect(thread.pageInfo).toEqual({
      startCursor: thread.edges[0]?.cursor,
      endCursor: thread.edges.at(-1)?.cursor,
    });
    expect(thread.firstMessageAt).toBe(new Date(FIRST).toISOString());
    expect(thread.lastMessageAt).toBe(new Date(LAST).toISOString());
  });

  it('show no bounds for a chat without messages', async () => {
    const { data, errors } = await gateway.query<Thread>(THREAD, { chatId: EMPTY_CHAT_ID });
    expect(errors).toBeUndefined();
    expect(data?.chat.messages).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { startCursor: null, endCursor: null },
      firstMessageAt: null,
      lastMessageAt: null,
    });
  });

  it('are the same when the messages are read again by their ids', async () => {
    const { data, errors } = await gateway.query(MESSAGES_AGAIN, { ids: thread.nodes.map(({ id }) => id) });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ nodes: thread.edges.map(({ node }) => ({ __typename: 'Message', ...node })) });
  });
});

describe('values that the schema does not know', () => {
  it('are counted, one for each field that showed them as null', async () => {
    await using gateway = await startGateway({
      sandbox: { dataset: [aChat(CHAT_ID, {}, MESSAGE_CASES.map(restMessage))] },
    });
    await gateway.query(THREAD, { chatId: CHAT_ID });
    const metric = gateway.metrics.registry.getSingleMetric('texter_gateway_unknown_enum_values_total');
    const counts = (await metric?.get())?.values.map(({ labels, value }) => [labels.enum, value]);
    expect(Object.fromEntries(counts ?? [])).toEqual({
      ChannelName: 1,
      ChatStatus: 1,
      MessageDirection: 1,
      MessageMediaType: 1,
      MessageStatus: 2,
    });
  });
});

describe('this test', () => {
  it('selects every field of every type that messages are made of', () => {
    const types = new TypeInfo(schema);
    const selected = new Set<string>();
    const select = visitWithTypeInfo(types, {
      Field: ({ name }) => void selected.add(`${types.getParentType()}.${name.value}`),
    });
    visit(parse(THREAD), select);

    const missed = Object.values(schema.getTypeMap())
      .filter(({ name }) => name === 'ChannelInfo' || (/^Message/.test(name) && name !== 'MessagePreview'))
      .flatMap((type) =>
        'getFields' in type ? Object.keys(type.getFields()).map((field) => `${type}.${field}`) : [],
      )
      .filter((field) => !selected.has(field) && field !== 'MessageConnection.pageInfo');
    expect(missed).toEqual([]);
  });
});
