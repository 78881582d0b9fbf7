import { defineConfig } from '@graphql-hive/gateway';

const FORWARDED = ['authorization', 'x-request-id', 'traceparent'];

export const gatewayConfig = defineConfig({
  supergraph: 'supergraph.graphql',
  propagateHeaders: {
    // Without this no header of the client reaches a subgraph, and Texter's answers UNAUTHENTICATED.
    fromClientToSubgraphs: ({ request }) =>
      Object.fromEntries(FORWARDED.map((name) => [name, request.headers.get(name)])),
  },
});
