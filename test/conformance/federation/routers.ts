import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { type GraphQLError, getOperationAST, graphql, parse } from 'graphql';

// Routers that run in this process. Their requests to subgraphs go through the `fetch` that they are given.

export type Fetch = (url: string, init?: { readonly body?: unknown }) => Promise<Response>;

export interface Router extends AsyncDisposable {
  query(document: string): Promise<{
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly GraphQLError[];
  }>;
}

// Else Apollo's gateway asks a cloud's metadata server where it runs, and reports its use.
process.env.METADATA_SERVER_DETECTION = 'none';
process.env.APOLLO_TELEMETRY_DISABLED = '1';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const noCache = { get: async () => undefined, set: async () => {}, delete: async () => {} };

export async function startApolloGateway(supergraphSdl: string, fetch: Fetch): Promise<Router> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: silent,
    buildService: ({ url = '' }) => new RemoteGraphQLDataSource({ url, fetcher: fetch }),
  });
  const { schema, executor } = await gateway.load();
  type Request = Parameters<typeof executor>[0];
  return {
    query(source) {
      const document = parse(source);
      const operation = getOperationAST(document);
      if (operation == null) throw new TypeError('expected one operation');
      return executor({
        request: { query: source },
        source,
        document,
        operation,
        operationName: null,
        queryHash: source,
        schema,
        // An opaque type that Apollo Server makes. The executor does not read it.
        schemaHash: '' as Request['schemaHash'],
        context: {},
        cache: noCache,
        logger: silent,
        metrics: {},
        overallCachePolicy: undefined,
      });
    },
    [Symbol.asyncDispose]: () => gateway.stop(),
  };
}

export async function startGraphQLTools(supergraphSdl: string, fetch: Fetch): Promise<Router> {
  const schema = getStitchedSchemaFromSupergraphSdl({ supergraphSdl, httpExecutorOpts: { fetch } });
  return {
    // Without a context of its own a query would find what earlier ones loaded.
    query: (source) => graphql({ schema, source, contextValue: {} }),
    async [Symbol.asyncDispose]() {},
  };
}
