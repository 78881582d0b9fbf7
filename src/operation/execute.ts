import { type ExecutionArgs, type ExecutionResult, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Context } from '../context.ts';
import { createExecutor } from '../execution/execute.ts';
import { CostEstimator } from '../limits/cost.ts';
import type { RateLimit, Taken } from '../limits/rate-limit.ts';
import { tooComplex } from '../limits/too-complex.ts';
import { type MaybePromise, mapMaybe } from '../model/maybe-promise.ts';

export interface ExecuteOptions {
  readonly schema: GraphQLSchema;
  /** Largest cost of one operation. */
  readonly maxCost: number;
  /** Largest page; smaller ones make lists cost less. */
  readonly maxPageSize: number;
  /** What callers may spend over time. Undefined: no limit. */
  readonly rateLimit: RateLimit | undefined;
  /** Whether errors must not tell names of the schema. */
  readonly hidesSchema: boolean;
  /** Whether answers carry `extensions.cost` and `extensions.upstream`. */
  readonly showsCost: boolean;
}

/** An operation of a valid document. */
export interface ExecuteArgs extends ExecutionArgs {
  readonly contextValue: Context;
}

export type Execute = (args: ExecuteArgs) => MaybePromise<ExecutionResult>;

/**
 * Makes what executes operations. Refuses them before they make a REST call: by `QUERY_TOO_COMPLEX` when one may cost
 * too much, by rejecting with `RATE_LIMITED` when its caller cannot pay the estimate. What an operation did not use of
 * its estimate is given back when it ends.
 */
export function createExecute(options: ExecuteOptions): Execute {
  const { schema, maxCost, maxPageSize, rateLimit, hidesSchema, showsCost } = options;
  const costs = new CostEstimator(schema, maxPageSize);
  const run = createExecutor(schema, { hideSuggestions: hidesSchema });

  return (args) => {
    const definition = getOperationAST(args.document, args.operationName);
    // Without one there is nothing to estimate, and the executor has the words for it.
    if (definition == null) return run(args);
    const cost = costs.estimate(args.document, definition, args.variableValues ?? undefined);
    if (cost.total > maxCost) return { errors: [tooComplex('points of cost', maxCost, cost.total)] };

    const { identity, upstream } = args.contextValue;
    const paid = (taken?: Taken) =>
      mapMaybe(run(args), (result) => {
        const { calls, rounds, reused } = upstream;
        // The share for the size of the answer is used once anything was read.
        taken?.giveBack(calls + reused > 0 ? cost.calls - calls : cost.total);
        if (!showsCost) return result;
        const estimated = { estimate: cost.total, limit: maxCost };
        return { ...result, extensions: { cost: estimated, upstream: { calls, rounds, reused } } };
      });
    if (rateLimit === undefined || cost.total === 0) return paid();
    return rateLimit.take(identity.caller, cost.total).then(paid);
  };
}
