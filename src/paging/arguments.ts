import { badUserInput } from '../errors.ts';

type Maybe<T> = T | null | undefined;

/** Relay's connection arguments as GraphQL hands them over: each may be absent or null, which is the same. */
export interface ConnectionArguments {
  readonly first?: Maybe<number>;
  readonly after?: Maybe<string>;
  readonly last?: Maybe<number>;
  readonly before?: Maybe<string>;
}

/** What a list serves when the arguments leave it open. */
export interface PageDefaults {
  /** Largest `first` or `last` (`MAX_PAGE_SIZE`). The default size shrinks to it. */
  readonly maximum: number;
  /** Size without `first` and `last`. */
  readonly size: number;
  /** Direction without `first` and `last`: true for `last`. */
  readonly backward: boolean;
}

/** A request for a page, checked: `size` nodes from one end of the range that the cursors leave. */
export interface PageRequest {
  /** `last` rather than `first`. */
  readonly backward: boolean;
  readonly size: number;
  readonly after: string | null;
  readonly before: string | null;
}

/** Reads Relay's arguments. Costs no REST call; `BAD_USER_INPUT` names the argument, what was expected and what came. */
export function readPageRequest(args: ConnectionArguments, defaults: PageDefaults): PageRequest {
  const { first, last, after = null, before = null } = args;
  if (first != null && last != null) {
    throw badUserInput(`Expected "first" or "last", not both: first is ${first} and last is ${last}.`);
  }
  const backward = last != null || (first == null && defaults.backward);
  const size = first ?? last;
  if (size == null) return { backward, size: Math.min(defaults.size, defaults.maximum), after, before };
  if (!Number.isInteger(size) || size < 0 || size > defaults.maximum) {
    const name = backward ? 'last' : 'first';
    throw badUserInput(`Expected "${name}" to be an integer from 0 to ${defaults.maximum}, found ${size}.`);
  }
  return { backward, size, after, before };
}

/** Relay's flags: true to the range in the direction of paging; in the other, whether a cursor was given there. */
export function pageFlags({ backward, after, before }: PageRequest, more: boolean) {
  return {
    hasNextPage: backward ? before !== null : more,
    hasPreviousPage: backward ? more : after !== null,
  };
}
