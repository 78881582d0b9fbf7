import { type Needs, NOTHING } from './needs.ts';

/** What a part of an operation costs each time that the object around it occurs. */
export interface Estimate {
  readonly calls: number;
  /** Chats, messages and other entities in the answer. */
  readonly nodes: number;
  /** What it needs of the object around it; whoever brought that object knows what reading it costs. */
  readonly needs: Needs;
}

/** One operation's estimate in the making. */
export interface Evaluation {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly maxPageSize: number;
  /** Of the parts that stand in several places. */
  readonly done: Map<Part, Estimate>;
}

/** A part whose estimate depends on variables or arguments is a function; any other is its estimate. */
export type Part = Estimate | ((evaluation: Evaluation) => Estimate);

export const FREE: Estimate = { calls: 0, nodes: 0, needs: NOTHING };

export function estimateOf(part: Part, evaluation: Evaluation): Estimate {
  return typeof part === 'function' ? part(evaluation) : part;
}

/** Parts of the same object. What is free or constant is dealt with here, once. */
export function together(parts: readonly Part[]): Part {
  let constant = FREE;
  const varying: Exclude<Part, Estimate>[] = [];
  for (const part of parts) {
    if (typeof part === 'function') varying.push(part);
    else if (part !== FREE) constant = sum(constant, part);
  }
  const [first, ...others] = varying;
  if (first === undefined) return constant;
  if (others.length === 0 && constant === FREE) return first;
  return (evaluation) => varying.reduce((total, part) => sum(total, part(evaluation)), constant);
}

/** A part that stands in several places, evaluated once. Without this, fragments that spread fragments take for ever. */
export function shared(part: Part): Part {
  if (typeof part !== 'function') return part;
  return (evaluation) => {
    const known = evaluation.done.get(part);
    if (known !== undefined) return known;
    const estimate = part(evaluation);
    evaluation.done.set(part, estimate);
    return estimate;
  };
}

function sum(a: Estimate, b: Estimate): Estimate {
  return { calls: a.calls + b.calls, nodes: a.nodes + b.nodes, needs: a.needs | b.needs };
}
