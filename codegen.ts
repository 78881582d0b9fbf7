import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types the explorer's documents for the tests, against the schema that clients see. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: 'src/explorer/*.graphql',
  generates: {
    'test/generated/operations.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        // A scalar without an entry is an error here, not an `any`.
        strictScalars: true,
        scalars: {
          ID: 'string',
          DateTime: 'string',
          JSON: 'unknown',
          JSONObject: 'Record<string, unknown>',
        },
      },
    },
  },
};

export default config;
