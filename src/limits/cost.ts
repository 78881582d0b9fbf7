import {
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { estimateOf, type Part } from './cost-part.ts';
import { operationPart } from './cost-plan.ts';

/** What an operation may cost, in the unit of MAX_COST and RATE_LIMIT_COST_PER_MINUTE. */
export interface Cost {
  readonly total: number;
  /** The REST calls in it; the rest stands for the size of the answer. */
  readonly calls: number;
}

export type Variables = Readonly<Record<string, unknown>>;

/** The largest answer part that costs nothing beyond its REST calls. */
const NODES_PER_POINT = 100;

/**
 * Estimates the cost of operations of valid documents from their arguments: the REST calls that they may make, caches
 * ignored and each list multiplied by its page size, and 1 for every full hundred chats, messages and other entities
 * in the answer. What does not depend on variables is worked out once for each operation.
 */
export class CostEstimator {
  readonly #schema: GraphQLSchema;
  readonly #maxPageSize: number;
  readonly #plans = new WeakMap<OperationDefinitionNode, { part: Part; defaults: Variables }>();

  constructor(schema: GraphQLSchema, maxPageSize: number) {
    this.#schema = schema;
    this.#maxPageSize = maxPageSize;
  }

  /** `variables` are the caller's, not yet coerced: what coercion will refuse counts as little. */
  estimate(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables = {}): Cost {
    let plan = this.#plans.get(operation);
    if (plan === undefined) {
      plan = { part: operationPart(this.#schema, document, operation), defaults: defaultsOf(operation) };
      this.#plans.set(operation, plan);
    }
    const { calls, nodes } = estimateOf(plan.part, {
      variables: given(plan.defaults, variables),
      maxPageSize: this.#maxPageSize,
      done: new Map(),
    });
    return { total: calls + Math.floor(nodes / NODES_PER_POINT), calls };
  }
}

/**
 * The variables as execution will see them. A variable may be called `constructor`: looked up in an ordinary object it
 * would never be absent, and what is absent may cost a whole page. One called `__proto__` never reaches an argument,
 * because graphql-js collects coerced variables in an ordinary object.
 */
function given(defaults: Variables, variables: Variables): Variables {
  const { __proto__: _, ...known }: Variables = { ...defaults, ...variables };
  return { __proto__: null, ...known };
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
    ),
  );
}
