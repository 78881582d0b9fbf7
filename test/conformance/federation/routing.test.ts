import { createYoga } from 'graphql-yoga';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeGlobalId } from '../../../src/model/global-id.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { aChat, aMessage } from '../../support/sandbox.ts';
import { createCustomersSchema } from './customers.ts';
import { type Fetch, type Router, startApolloGateway, startGraphQLTools } from './routers.ts';
import { composedByApollo, composedByGuild, TEXTER_URL } from './supergraph.ts';

// One query of a client, executed by a router over the gateway and a neighbour. What is counted are the router's
// requests to each of them, and the gateway's to the REST API.

const COUNT = 20;

const dataset = Array.from({ length: COUNT }, (_, index) =>
  aChat(
    `chat${index}`,
    {
      title: `Contact ${index}`,
      labels: [`label${index}`],
      agent: { uid: `agent${index % 2}`, displayName: `Agent ${index % 2}` },
      crmData: { customerId: `customer${index}` },
    },
    [aMessage(`hello${index}`, 1_700_000_000_000 - index)],
  ),
);

/** Of nobody's, neither in Texter nor with the neighbour. */
const stranger = aChat('stranger', {}, [aMessage('hello', 1_600_000_000_000)]);

const customers = dataset.map(({ chat }, index) => ({
  id: `customer${index}`,
  name: `Customer ${index}`,
  chatIds: [chat._id],
  managerUid: `agent${index % 2}`,
}));
/** Its first chat was deleted in Texter; its second is no chat's id at all. */
const confused = {
  id: 'confused',
  name: 'Confused',
  chatIds: ['gone', '../chats', 'chat1'],
  managerUid: 'agent0',
};

describe.each([
  { name: 'Apollo Gateway', compose: composedByApollo, startRouter: startApolloGateway, readsOfAnAgent: 1 },
  // Its planner asks a type with two keys once more before it follows an entity under it (4.5.2).
  { name: 'GraphQL Tools', compose: composedByGuild, startRouter: startGraphQLTools, readsOfAnAgent: 2 },
])('$name', ({ compose, startRouter, readsOfAnAgent }) => {
  let gateway: TestGateway;
  let router: Router;
  let requests: { readonly texter: string[]; readonly customers: string[] };

  beforeAll(async () => {
    gateway = await startGateway({ sandbox: { dataset: [...dataset, stranger] } });
    const neighbour = createYoga({ schema: createCustomersSchema([...customers, confused]), logging: false });
    const fetchSubgraph: Fetch = async (url, init) => {
      const post = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: String(init?.body),
      };
      const { query } = JSON.parse(post.body);
      requests[url === TEXTER_URL ? 'texter' : 'customers'].push(query);
      return url === TEXTER_URL ? fetch(gateway.url, post) : neighbour.fetch(url, post);
    };
    router = await startRouter(compose().supergraphSdl, fetchSubgraph);
  });
  afterAll(async () => {
    await router[Symbol.asyncDispose]();
    await gateway[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    gateway.sandbox.reset();
    requests = { texter: [], customers: [] };
  });

  test('joins customers, chats and messages: one request for all entities', async () => {
    const { data, errors } = await router.query(`{
      nodes(ids: [${customers.map(({ id }) => `"${id}"`)}]) {
        ... on Customer { name since notes chats { title messages(last: 1) { nodes { text } } } }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      nodes: customers.map(({ name }, index) => ({
        name,
        since: '2020-02-02T00:00:00.000Z',
        notes: { tier: 1 },
        chats: [{ title: `Contact ${index}`, messages: { nodes: [{ text: `hello${index}` }] } }],
      })),
    });
    expect(requests.texter).toEqual([expect.stringContaining('_entities')]);
    expect(gateway.sandbox.requests).toHaveLength(2 * COUNT);
  });

  test('asks for the other key of a chat at no REST call', async () => {
    const { data, errors } = await router.query(
      '{ node(id: "customer3") { ... on Customer { chats { id chatId } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: { chats: [{ id: encodeGlobalId('Chat', 'chat3'), chatId: 'chat3' }] } });
    expect(requests.texter).toEqual([expect.stringContaining('_entities')]);
    expect(gateway.sandbox.requests).toHaveLength(0);
  });

  test('brings what the neighbour requires of a chat along with the list', async () => {
    const { data, errors } = await router.query('{ chats(first: 20) { nodes { title customer { name } } } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      chats: {
        nodes: customers.map(({ name }, index) => ({ title: `Contact ${index}`, customer: { name } })),
      },
    });
    expect(requests.texter).toEqual([expect.not.stringContaining('_entities')]);
    expect(requests.customers).toEqual([expect.stringContaining('_entities')]);
    expect(gateway.sandbox.requests).toHaveLength(1);
  });

  test("fetches what the neighbour requires of the neighbour's own chats", async () => {
    const { data, errors } = await router.query(
      '{ node(id: "customer3") { ... on Customer { chats { chatId customer { name } } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: { chats: [{ chatId: 'chat3', customer: { name: 'Customer 3' } }] } });
    expect(requests.texter).toEqual([expect.stringContaining('_entities')]);
    // The public view tells the channel, and search finds the record by it.
    expect(gateway.sandbox.requests).toHaveLength(2);
  });

  test('adds what the neighbour knows of agents', async () => {
    const { data, errors } = await router.query('{ chat(chatId: "chat1") { agent { displayName email } } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ chat: { agent: { displayName: 'Agent 1', email: 'agent1@company.example' } } });
    expect(gateway.sandbox.requests).toHaveLength(readsOfAnAgent);
  });

  test('shows no name of an agent whom the neighbour names', async () => {
    const { data, errors } = await router.query(
      '{ node(id: "customer3") { ... on Customer { manager { uid displayName email } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      node: { manager: { uid: 'agent1', displayName: null, email: 'agent1@company.example' } },
    });
    expect(gateway.sandbox.requests).toHaveLength(0);
  });

  test('loses only the chats that are not there', async () => {
    const { data, errors } = await router.query(
      '{ node(id: "confused") { ... on Customer { chats { chatId title labelIds } } } }',
    );
    expect(data).toEqual({
      node: {
        chats: [
          { chatId: 'gone', title: null, labelIds: null },
          { chatId: '../chats', title: null, labelIds: null },
          { chatId: 'chat1', title: 'Contact 1', labelIds: ['label1'] },
        ],
      },
    });
    const codes = errors?.map(({ path, extensions }) => `${path?.slice(0, 2).join('.')} ${extensions.code}`);
    expect(new Set(codes)).toEqual(new Set(['node.chats NOT_FOUND', 'node.chats BAD_USER_INPUT']));
    expect(requests.texter).toHaveLength(1);
  });

  test('loses only the field that Texter could not be read for', async () => {
    gateway.sandbox.setFaults([{ endpoint: 'messages', chatId: 'chat3', status: 500 }]);
    const { data, errors } = await router.query(`{
      nodes(ids: ["customer3", "customer4"]) {
        ... on Customer { chats { title messages(last: 1) { nodes { text } } } }
      }
    }`);
    expect(data).toEqual({
      nodes: [
        { chats: [{ title: 'Contact 3', messages: null }] },
        { chats: [{ title: 'Contact 4', messages: { nodes: [{ text: 'hello4' }] } }] },
      ],
    });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_UNAVAILABLE']);
  });

  test('shows as null what is null on either side', async () => {
    const { data, errors } = await router.query(
      '{ chat(chatId: "stranger") { agent { uid email } customer { name } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ chat: { agent: null, customer: null } });
  });
});
