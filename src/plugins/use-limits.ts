import { getOperationAST } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { CostEstimator } from '../limits/cost.ts';
import { parseWithinLimits } from '../limits/parse.ts';
import type { RateLimit, Taken } from '../limits/rate-limit.ts';
import { tooComplex } from '../limits/too-complex.ts';

export interface LimitsOptions {
  /** Largest cost of one operation. */
  readonly maxCost: number;
  /** Largest page; smaller ones make lists cost less. */
  readonly maxPageSize: number;
  /** What callers may spend over time. Undefined: no limit. */
  readonly rateLimit: RateLimit | undefined;
  /** Whether answers carry `extensions.cost`: the estimate and its limit. */
  readonly showCost: boolean;
}

type AfterExecute = Extract<Awaited<ReturnType<NonNullable<Plugin<Context>['onExecute']>>>, object>;

/**
 * Refuses operations before they make a REST call: `QUERY_TOO_COMPLEX` for a document that is too large, before it is
 * validated, or that may cost too much; `RATE_LIMITED` for a caller who cannot pay the estimate. What an operation
 * did not use of its estimate is given back when it ends.
 */
export function useLimits({ maxCost, maxPageSize, rateLimit, showCost }: LimitsOptions): Plugin<Context> {
  let costs: CostEstimator;
  return {
    onSchemaChange({ schema }) {
      costs = new CostEstimator(schema, maxPageSize);
    },
    onParse({ setParseFn }) {
      setParseFn(parseWithinLimits);
    },
    onExecute({ args, setResultAndStopExecution }) {
      const operation = getOperationAST(args.document, args.operationName);
      if (operation == null) return undefined;
      const cost = costs.estimate(args.document, operation, args.variableValues ?? undefined);
      if (cost.total > maxCost) {
        setResultAndStopExecution({ errors: [tooComplex('points of cost', maxCost, cost.total)] });
        return undefined;
      }
      const { identity, upstream } = args.contextValue;
      const whenDone = (taken?: Taken): AfterExecute => ({
        onExecuteDone({ result, setResult }) {
          // The share for the size of the answer is used once anything was read.
          const read = upstream.calls + upstream.reused > 0;
          taken?.giveBack(read ? cost.calls - upstream.calls : cost.total);
          if (!showCost || isAsyncIterable(result)) return;
          const shown = { estimate: cost.total, limit: maxCost };
          setResult({ ...result, extensions: { ...result.extensions, cost: shown } });
        },
      });
      if (rateLimit === undefined || cost.total === 0) return whenDone();
      return rateLimit.take(identity.caller, cost.total).then(whenDone);
    },
  };
}
