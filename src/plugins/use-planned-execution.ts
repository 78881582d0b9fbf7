import type { Plugin } from 'graphql-yoga';
import { createExecutor } from '../execution/execute.ts';

/** Executes queries and mutations from plans instead of walking the document each time; see src/execution. */
export function usePlannedExecution(): Plugin {
  let executor: ReturnType<typeof createExecutor>;
  return {
    onSchemaChange({ schema }) {
      executor = createExecutor(schema);
    },
    onExecute({ setExecuteFn }) {
      setExecuteFn(executor);
    },
  };
}
