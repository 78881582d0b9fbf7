import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';

/**
 * Shows what an operation cost under `extensions.upstream`: REST calls, rounds of calls that waited for one another,
 * and reads that cost nothing because an earlier answer still held or a call was already under way.
 */
export function useUpstreamReport(): Plugin<Context> {
  return {
    onExecute: ({ args }) => ({
      onExecuteDone({ result, setResult }) {
        if (!('data' in result || 'errors' in result)) return;
        const { calls, rounds, reused } = args.contextValue.upstream;
        setResult({ ...result, extensions: { ...result.extensions, upstream: { calls, rounds, reused } } });
      },
    }),
  };
}
