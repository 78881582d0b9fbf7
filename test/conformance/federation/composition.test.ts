import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  print,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { composedByApollo, composedByGuild, TEXTER_SDL } from './supergraph.ts';

// The neighbour has its own node, nodes, Node, PageInfo, DateTime and JSON, and reaches into Chat, ChannelInfo and
// Agent: all that two Relay subgraphs can stumble over.

describe.each([
  ['Apollo', composedByApollo],
  ['the Guild', composedByGuild],
])('a supergraph composed by %s', (_name, compose) => {
  const { supergraphSdl, hints } = compose();
  const supergraph = buildSchema(supergraphSdl, { assumeValidSDL: true });

  test('leaves the composer nothing to remark', () => {
    expect(hints).toEqual([]);
  });

  test.each([
    ['node', 'CUSTOMERS'],
    ['nodes', 'CUSTOMERS'],
    ['chats', 'TEXTER'],
  ])('asks for Query.%s at %s alone', (field, graph) => {
    const { astNode } = supergraph.getQueryType()?.getFields()[field] ?? {};
    expect(astNode?.directives?.map(print)).toEqual([`@join__field(graph: ${graph})`]);
  });

  test.each([
    ['Chat', ['id', 'chatId']],
    ['Message', ['id']],
    ['Agent', ['uid']],
  ])('reaches every %s by %j', (typeName, keys) => {
    const joins = supergraph.getType(typeName)?.astNode?.directives?.map(print);
    expect(joins).toEqual(
      expect.arrayContaining(keys.map((key) => `@join__type(graph: TEXTER, key: "${key}")`)),
    );
  });

  test('describes all that the subgraph describes', () => {
    const subgraph = buildSchema(TEXTER_SDL, { assumeValidSDL: true });
    expect(descriptions(supergraph)).toEqual(expect.arrayContaining(descriptions(subgraph)));
  });

  test('lets a directory take over the names of agents', () => {
    const directory = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])
      type Query { agents: [Agent!]! }
      type Agent @key(fields: "uid") { uid: ID!, displayName: String @override(from: "texter") }
    `;
    expect(() => compose(directory)).not.toThrow();
  });

  test('lets a neighbour give channels of its own', () => {
    const widgets = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
      type Query { widget: Widget! }
      type Widget { label: String!, channel: ChannelInfo }
      type ChannelInfo @shareable {
        name: ChannelName, rawName: String!, accountId: ID!, contactId: ID!, metadata: JSON
      }
      enum ChannelName { WHATSAPP MESSENGER INSTAGRAM WEBSITE_CHAT EMAIL SMS }
      scalar JSON
    `;
    expect(() => compose(widgets)).not.toThrow();
  });

  test('composes the example', async () => {
    const customers = await readFile('examples/supergraph/customers.graphql', 'utf8');
    expect(() => compose(customers)).not.toThrow();
  });
});

/** Every description, after the name of what it describes. */
function descriptions(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    const hasFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
    const members = isEnumType(type) ? type.getValues() : hasFields ? Object.values(type.getFields()) : [];
    return [type, ...members]
      .filter(({ description }) => description)
      .map(({ name, description }) => `${type.name}.${name}: ${description}`);
  });
}
