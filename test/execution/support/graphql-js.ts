import { execute } from 'graphql';

/** What src/execution/execute.ts exports, by graphql-js: vitest.config.ts runs test/query with it as well. */
export const createExecutor = () => execute;
