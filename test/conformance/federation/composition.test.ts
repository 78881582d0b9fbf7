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
