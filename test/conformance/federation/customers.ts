import { createSchema } from 'graphql-yoga';

// The neighbour of the federation tests: a Relay subgraph of its own, as another team would write it, which knows
// Texter's types from the supergraph alone.

/** What the neighbour gives to composition. */
export const CUSTOMERS_SDL = `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@shareable", "@external", "@requires"]
    )

  scalar DateTime
  scalar JSON
  scalar JSONObject

  interface Node {
    id: ID!
  }

  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    customers: CustomerConnection!
  }

  type CustomerConnection {
    nodes: [Customer!]!
    pageInfo: PageInfo!
  }

  type Customer implements Node @key(fields: "id") {
    id: ID!
    name: String!
    since: DateTime
    notes: JSON
    chats: [Chat!]!
    manager: Agent
  }

  type Chat @key(fields: "chatId") {
    chatId: ID!
    crmData: JSONObject @external
    channelInfo: ChannelInfo @external
    customer: Customer @requires(fields: "crmData channelInfo { rawName contactId }")
  }

  type ChannelInfo {
    rawName: String! @external
    contactId: ID! @external
  }

  type Agent @key(fields: "uid") {
    uid: ID!
    email: String
  }
`;

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly chatIds: readonly string[];
  readonly managerUid: string;
}

interface ChatReference {
  readonly __typename: 'Chat';
  readonly chatId: string;
  readonly crmData?: { readonly customerId?: string } | null;
  readonly channelInfo?: { readonly rawName: string; readonly contactId: string } | null;
}

interface AgentReference {
  readonly __typename: 'Agent';
  readonly uid: string;
}

/** The neighbour itself. A chat's customer is the one whom its CRM data names, else nobody. */
export function createCustomersSchema(customers: readonly Customer[]) {
  const page = {
    nodes: customers,
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  };
  const byId = (id: string | undefined) => customers.find((customer) => customer.id === id) ?? null;
  return createSchema({
    typeDefs: [
      CUSTOMERS_SDL,
      `scalar _Any
       union _Entity = Chat | Agent | Customer
       extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`,
    ],
    assumeValidSDL: true,
    resolvers: {
      Node: { __resolveType: () => 'Customer' },
      _Entity: { __resolveType: (entity: { readonly __typename: string }) => entity.__typename },
      Query: {
        node: (_root: unknown, { id }: { readonly id: string }) => byId(id),
        nodes: (_root: unknown, { ids }: { readonly ids: readonly string[] }) => ids.map(byId),
        customers: () => page,
        _entities: (_root: unknown, { representations }: { readonly representations: readonly unknown[] }) =>
          representations,
      },
      Customer: {
        since: () => '2020-02-02T00:00:00.000Z',
        notes: () => ({ tier: 1 }),
        chats: ({ chatIds }: Customer) => chatIds.map((chatId) => ({ chatId })),
        manager: ({ managerUid }: Customer) => ({ uid: managerUid }),
      },
      Chat: {
        customer: ({ crmData, channelInfo }: ChatReference) =>
          channelInfo?.rawName === 'whatsapp' ? byId(crmData?.customerId) : null,
      },
      Agent: { email: ({ uid }: AgentReference) => `${uid}@company.example` },
    },
  });
}
