import { buildSchema, GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { expect, test } from 'vitest';
import { clientSdl, subgraphSdl } from '../../src/federation/sdl.ts';
import { schema } from '../../src/schema/index.ts';
import { startGateway } from '../support/gateway.ts';

const client = buildSchema(clientSdl(schema));
const subgraph = buildSchema(subgraphSdl(schema), { assumeValidSDL: true });

const queries = (of: GraphQLSchema) => Object.keys(of.getQueryType()?.getFields() ?? {}).sort();
const types = (of: GraphQLSchema) => Object.keys(of.getTypeMap()).sort();
const ROUTERS_OWN = ['_Any', '_Entity', '_Service'];

test('the executable schema serves clients and routers', () => {
  expect(queries(schema)).toEqual(
    expect.arrayContaining(['_entities', '_service', 'chats', 'node', 'nodes']),
  );
});

test('the schema for clients has all but what is for routers', () => {
  expect(queries(client)).toEqual(queries(schema).filter((name) => !name.startsWith('_')));
  expect(types(client)).toEqual(types(schema).filter((name) => !ROUTERS_OWN.includes(name)));
});

test('the subgraph has all of that but node and nodes', () => {
  expect(queries(subgraph)).toEqual(queries(client).filter((name) => name !== 'node' && name !== 'nodes'));
  expect(types(subgraph)).toEqual(types(client));
});

test('fields of connections keep their names, whatever Query loses', () => {
  const edge = subgraph.getType('ChatEdge');
  const connection = subgraph.getType('ChatConnection');
  expect(edge instanceof GraphQLObjectType && edge.getFields().node).toBeTruthy();
  expect(connection instanceof GraphQLObjectType && connection.getFields().nodes).toBeTruthy();
});

test('_service gives the SDL to whoever may query, introspection off', async () => {
  await using gateway = await startGateway({ env: { INTROSPECTION: 'off' } });
  const { data, errors } = await gateway.query('{ _service { sdl } }');
  expect(errors).toBeUndefined();
  expect(data).toEqual({ _service: { sdl: subgraphSdl(schema) } });
});
