import { hash } from 'node:crypto';
import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Identity } from '../auth/identity.ts';
import type { Context } from '../context.ts';
import type { GraphQLRequest } from '../http/handler.ts';
import type { Logger } from '../log.ts';
import type { Metrics, Outcome } from '../metrics.ts';
import { atEndOfTurn } from '../turn.ts';
import { type KnownOperation, operationName } from './known-operation.ts';

/** An operation that has ended. */
export interface Ended {
  readonly request: GraphQLRequest<Identity>;
  readonly context: Context;
  /** Undefined where the document is not valid. */
  readonly operation: KnownOperation | undefined;
  readonly result: ExecutionResult;
  readonly durationMs: number;
}

/**
 * Makes what counts operations and writes one line for each: who asked for what, how long it took and what it cost. The
 * document stands there by its name and hash only, because its literals may be a company's data.
 */
export function createRecord(log: Logger, metrics: Metrics): (ended: Ended) => void {
  let ofTurn: Ended[] = [];
  const write = () => {
    const written = ofTurn;
    ofTurn = [];
    for (const ended of written) {
      const line = lineOf(ended);
      metrics.operation(line.operation, line.outcome, ended.durationMs / 1000);
      log.info(line, 'operation');
    }
  };
  return (ended) => {
    if (ofTurn.length === 0) atEndOfTurn(write);
    ofTurn.push(ended);
  };
}

const hashes = new WeakMap<DocumentNode, string>();

function hashOf(text: string, document: DocumentNode | undefined): string {
  const known = document && hashes.get(document);
  if (known !== undefined) return known;
  const short = hash('sha256', text, 'hex').slice(0, 16);
  if (document !== undefined) hashes.set(document, short);
  return short;
}

function lineOf({ request, context, operation, result, durationMs }: Ended) {
  const { document, definition } = operation ?? {};
  const { calls, rounds, reused } = context.upstream;
  return {
    requestId: request.requestId,
    caller: request.identity.caller,
    operation: definition && operationName(definition),
    hash: hashOf(request.params.query, document),
    outcome: outcomeOf(result),
    durationMs: Math.round(durationMs * 10) / 10,
    calls,
    rounds,
    reused,
    codes: codesOf(result),
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
