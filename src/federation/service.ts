import type { GraphQLSchema } from 'graphql';
import { builder } from '../builder.ts';
import { subgraphSdl } from './sdl.ts';

/** Printing a schema takes some ms, and the field is free of cost for whoever may query. */
const printed = new WeakMap<GraphQLSchema, string>();

function sdlOf(schema: GraphQLSchema): string {
  const sdl = printed.get(schema) ?? subgraphSdl(schema);
  printed.set(schema, sdl);
  return sdl;
}

const ServiceRef = builder.objectRef<GraphQLSchema>('_Service').implement({
  description: 'This subgraph, described for the composition of a supergraph.',
  fields: (t) => ({
    sdl: t.string({
      nullable: false,
      description: 'The schema that takes part in the supergraph, with its federation directives.',
      resolve: sdlOf,
    }),
  }),
});

builder.queryField('_service', (t) =>
  t.field({
    type: ServiceRef,
    nullable: false,
    description: 'For the composition of a supergraph. Not introspection: it answers whoever may query.',
    resolve: (_root, _args, _context, { schema }) => schema,
  }),
);
