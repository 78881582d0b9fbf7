import { hash } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import type { Identity } from '../auth/identity.ts';
import type { Context } from '../context.ts';
import { atEndOfTurn } from '../end-of-turn.ts';
import type { GraphQLRequest } from '../http/handler.ts';
import type { Logger } from '../log.ts';
import type { Metrics, Outcome } from '../metrics.ts';

/** An operation that has ended. */
export interface Ended {
  readonly request: GraphQLRequest<Identity>;
  readonly context: Context;
  /** Undefined for a document that is not valid, and for an operation without a name. */
  readonly name: string | undefined;
  readonly result: ExecutionResult;
  /** Ms of `performance.now`. */
  readonly startedAt: number;
}

/**
 * Makes what counts operations and writes one line for each: who asked for what, how long it took and what it cost. The
 * document stands there by its name and hash only, because its literals may be a company's data.
 */
export function createRecord(log: Logger, metrics: Metrics): (ended: Ended) => void {
  let lines: Line[] = [];
  const write = () => {
    const written = lines;
    lines = [];
    for (const line of written) {
      metrics.operation(line.operation, line.outcome, line.durationMs / 1000);
      log.info(line, 'operation');
    }
  };
  return (ended) => {
    if (lines.length === 0) atEndOfTurn(write);
    lines.push(lineOf(ended));
  };
}

type Line = ReturnType<typeof lineOf>;

function lineOf({ request, context, name, result, startedAt }: Ended) {
  const { calls, rounds, reused } = context.upstream;
  return {
    requestId: request.requestId,
    caller: request.identity.caller,
    operation: name,
    hash: hash('sha256', request.params.query, 'hex').slice(0, 16),
    outcome: outcomeOf(result),
    durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
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
