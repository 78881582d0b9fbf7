import { GraphQLObjectType, GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { ENTITY_KEYS } from './keys.ts';

/** 2.9 is the highest version that the composition of Apollo, the Guild and Cosmo all take. */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

/**
 * Value types that other subgraphs define as well: every Relay subgraph has PageInfo, and one that works something
 * out from a chat's channel, or gives channels of its own, has ChannelInfo.
 */
const SHAREABLE_TYPES: ReadonlySet<string> = new Set(['PageInfo', 'ChannelInfo']);

/** Fields of Query that are there for routers. */
const MACHINERY = ['_entities', '_service'];

/** The schema for clients, sorted: all but what is there for routers. */
export function clientSdl(schema: GraphQLSchema): string {
  return `${printSorted(withoutQueries(schema, MACHINERY))}\n`;
}

/**
 * The schema that takes part in a supergraph, sorted, with its federation directives. Without `Query.node` and
 * `Query.nodes`, because two subgraphs cannot both have them. The interface Node stays: fragments on it go on
 * working, and a subgraph that serves `node` for a whole company can answer with references to chats and messages.
 */
export function subgraphSdl(schema: GraphQLSchema): string {
  const sdl = printSorted(withoutQueries(schema, [...MACHINERY, 'node', 'nodes']));
  // graphql-js prints no directives; they stand between the head of a type and its fields.
  const heads = /^type (\w+)[^{\n]*(?= \{$)/gm;
  return `${LINK}\n\n${sdl.replace(heads, (head, typeName) => [head, ...directives(typeName)].join(' '))}\n`;
}

function directives(typeName: string): readonly string[] {
  if (SHAREABLE_TYPES.has(typeName)) return ['@shareable'];
  return (ENTITY_KEYS.get(typeName) ?? []).map((key) => `@key(fields: "${key}")`);
}

function printSorted(schema: GraphQLSchema): string {
  return printSchema(lexicographicSortSchema(schema));
}

/** Leaves out fields of Query, and the machinery's types: of all names here, only theirs begin with an underscore. */
function withoutQueries(schema: GraphQLSchema, names: readonly string[]): GraphQLSchema {
  const { query, types, ...config } = schema.toConfig();
  if (!query) throw new TypeError('expected a schema with a Query type');
  const { fields, ...queryConfig } = query.toConfig();
  const kept = Object.entries(fields).filter(([name]) => !names.includes(name));
  return new GraphQLSchema({
    ...config,
    query: new GraphQLObjectType({ ...queryConfig, fields: Object.fromEntries(kept) }),
    types: types.filter((type) => type !== query && !type.name.startsWith('_')),
  });
}
