import { refusal } from './refusal.ts';

/** A GraphQL request as GraphQL over HTTP defines it; null counts as absent, other properties are ignored. */
export interface GraphQLParams {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
  readonly extensions?: Record<string, unknown>;
}

/** From a POST's body. Throws a 400 refusal for what is no JSON, a batch, or has parameters of a wrong type. */
export function paramsOfBody(body: string): GraphQLParams {
  const parsed = parseJson(body, 'The request body');
  if (Array.isArray(parsed)) throw refusal(400, 'Batches are not supported: send one operation a request.');
  return checkParams(parsed);
}

/** From a GET's query string, without its question mark. Throws a 400 refusal likewise. */
export function paramsOfQuery(query: string): GraphQLParams {
  const search = new URLSearchParams(query);
  const json = (name: string) => {
    const text = search.get(name);
    return text ? parseJson(text, `The parameter "${name}"`) : undefined;
  };
  return checkParams({
    query: search.get('query') ?? undefined,
    operationName: search.get('operationName') || undefined,
    variables: json('variables'),
    extensions: json('extensions'),
  });
}

function checkParams(value: unknown): GraphQLParams {
  if (!isObject(value)) throw refusal(400, 'The request body must be a JSON object.');
  const { query, operationName, variables, extensions } = value;
  if (typeof query !== 'string') throw refusal(400, 'The parameter "query" must be a string.');
  if (operationName != null && typeof operationName !== 'string') {
    throw refusal(400, 'The parameter "operationName" must be a string.');
  }
  if (variables != null && !isObject(variables)) {
    throw refusal(400, 'The parameter "variables" must be an object.');
  }
  if (extensions != null && !isObject(extensions)) {
    throw refusal(400, 'The parameter "extensions" must be an object.');
  }
  return {
    query,
    ...(operationName != null && { operationName }),
    ...(variables != null && { variables }),
    ...(extensions != null && { extensions }),
  };
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw refusal(400, `${what} is not valid JSON.`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
