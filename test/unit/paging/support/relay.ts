import type { Page } from '../../../../src/paging/page.ts';

/** Relay's arguments with the nodes that the cursors stand for; a cursor's node need not be in the list. */
export interface OracleArguments<T> {
  readonly first?: number | undefined;
  readonly after?: T | undefined;
  readonly last?: number | undefined;
  readonly before?: T | undefined;
}

export interface OraclePage<T> {
  readonly nodes: readonly T[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/**
 * The Cursor Connections Specification's algorithm on a whole list: apply `after` and `before`, then `first`, then
 * `last`; with the flags as this project's schema contract words them.
 */
export function relay<T>(
  list: readonly T[],
  compare: (a: T, b: T) => number,
  { first, after, last, before }: OracleArguments<T>,
): OraclePage<T> {
  const range = list.filter(
    (node) =>
      (after === undefined || compare(node, after) > 0) &&
      (before === undefined || compare(node, before) < 0),
  );
  if (first !== undefined) {
    return {
      nodes: range.slice(0, first),
      hasNextPage: range.length > first,
      hasPreviousPage: after !== undefined,
    };
  }
  const size = last ?? 50;
  return {
    nodes: size === 0 ? [] : range.slice(-size),
    hasNextPage: before !== undefined,
    hasPreviousPage: range.length > size,
  };
}

/** The same three facts of a page that was served. */
export function factsOf<T>({ nodes, pageInfo: { hasNextPage, hasPreviousPage } }: Page<T>): OraclePage<T> {
  return { nodes, hasNextPage, hasPreviousPage };
}
