import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { subgraphSdl } from '../../../src/federation/sdl.ts';
import { schema } from '../../../src/schema/index.ts';
import { CUSTOMERS_SDL } from './customers.ts';

export const TEXTER_SDL = subgraphSdl(schema);

// Names, not addresses: the tests' own fetch takes the requests.
export const TEXTER_URL = 'http://texter.invalid/graphql';
export const CUSTOMERS_URL = 'http://customers.invalid/graphql';

function subgraphs(neighbourSdl: string) {
  return [
    { name: 'texter', url: TEXTER_URL, typeDefs: parse(TEXTER_SDL) },
    { name: 'customers', url: CUSTOMERS_URL, typeDefs: parse(neighbourSdl) },
  ];
}

export interface Composed {
  readonly supergraphSdl: string;
  /** What the composer remarks about a supergraph that it made all the same. */
  readonly hints: readonly string[];
}

/** The subgraph and a neighbour as Apollo composes them. */
export function composedByApollo(neighbourSdl = CUSTOMERS_SDL): Composed {
  const result = composeByApollo(subgraphs(neighbourSdl));
  if (result.errors) throw new AggregateError(result.errors, 'Apollo cannot compose the subgraphs');
  return { supergraphSdl: result.supergraphSdl, hints: result.hints.map(({ message }) => message) };
}

/** The subgraph and a neighbour as the Guild composes them; it makes no remarks. */
export function composedByGuild(neighbourSdl = CUSTOMERS_SDL): Composed {
  const result = composeByGuild(subgraphs(neighbourSdl));
  if (result.errors) throw new AggregateError(result.errors, 'the Guild cannot compose the subgraphs');
  return { supergraphSdl: result.supergraphSdl, hints: [] };
}
