import { createHash } from 'node:crypto';
import { type ExecutionResult, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Identity } from '../auth/identity.ts';
import type { Context } from '../context.ts';
import type { GraphQLRequest } from '../http/handler.ts';
import type { Logger } from '../log.ts';
import type { Metrics, Outcome } from '../metrics.ts';
import { operationName } from './operation-name.ts';

/** What this plugin finds on the context: the request always, the rest once execution began. */
type Server = GraphQLRequest<Identity> & Partial<Context> & { startedAt?: number; operation?: string };

/** Documents whose hash is remembered, by their length in all; clients send the same few again and again. */
const REMEMBERED_TEXT = 4_000_000;

/**
 * Counts each operation and writes one line for it: who asked for what, how long it took and what it cost. The
 * document stands there by its name and hash only, because its literals may be a company's data.
 */
export function useOperationLog(log: Logger, metrics: Metrics): Plugin<Server, Server> {
  const hashes = new LRUCache<string, string, void>({
    maxSize: REMEMBERED_TEXT,
    sizeCalculation: (_hash, text) => text.length + 1,
    memoMethod: (text) => createHash('sha256').update(text).digest('hex').slice(0, 16),
  });
  return {
    onParams({ context }) {
      context.startedAt = performance.now();
    },
    onExecute({ args }) {
      const operation = getOperationAST(args.document, args.operationName);
      const name = operation ? operationName(operation) : undefined;
      if (name !== undefined) args.contextValue.operation = name;
    },
    onExecutionResult({ result, context }) {
      if (result === undefined || !isSingle(result)) return;
      const { params, identity, requestId, upstream, operation, startedAt = performance.now() } = context;
      const durationMs = performance.now() - startedAt;
      const outcome = outcomeOf(result);
      metrics.operation(operation, outcome, durationMs / 1000);
      if (!log.isLevelEnabled('info')) return;
      log.info(
        {
          requestId,
          caller: identity.caller,
          operation,
          hash: hashes.memo(params.query),
          outcome,
          durationMs: Math.round(durationMs * 10) / 10,
          calls: upstream?.calls ?? 0,
          rounds: upstream?.rounds ?? 0,
          reused: upstream?.reused ?? 0,
          codes: codesOf(result),
        },
        'operation',
      );
    },
  };
}

/** Without `data` nothing ran. With it, an operation failed when none of its root fields has anything to show. */
function outcomeOf({ data, errors }: ExecutionResult): Outcome {
  if (data === undefined) return 'refused';
  if (errors === undefined) return 'ok';
  return data !== null && Object.values(data).some((value) => value !== null) ? 'partial' : 'failed';
}

function codesOf({ errors }: ExecutionResult): unknown[] | undefined {
  return errors && [...new Set(errors.map(({ extensions }) => extensions.code))];
}

function isSingle(result: object): result is ExecutionResult {
  return !(Symbol.asyncIterator in result);
}
