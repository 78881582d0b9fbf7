/** A GraphQL operation that can be sent over and over. It crosses process boundaries, so it is data only. */
export interface Operation {
  readonly operationName: string;
  readonly query: string;
  readonly variables: Variables;
}

/**
 * What goes with each request: always the same; a search or a chat that no request before it asked for; or a search
 * that each connection repeats.
 */
export type Variables = Readonly<Record<string, unknown>> | 'new search' | 'new chat' | 'own search';

/** Far from the numbers that requests are given in turn. */
const OWN_FROM = 900_000;

/** The variables of the `nth` request, sent over a connection. */
export function variablesOf({ variables }: Operation, nth: number, connection: number): object {
  switch (variables) {
    case 'new search':
      return { search: `inbox ${nth}` };
    case 'own search':
      return { search: `inbox ${OWN_FROM + connection}` };
    case 'new chat':
      return { chatId: nth.toString(16).padStart(24, '0') };
    default:
      return variables;
  }
}

export function bodyOf(operation: Operation, nth: number, connection: number): string {
  const { operationName, query } = operation;
  return JSON.stringify({ operationName, query, variables: variablesOf(operation, nth, connection) });
}
