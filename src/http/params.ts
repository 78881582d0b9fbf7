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
  const params: { -readonly [Name in keyof GraphQLParams]: GraphQLParams[Name] } = { query };
  if (operationName !== undefined && operationName !== null) {
    if (typeof operationName !== 'string') {
      throw refusal(400, 'The parameter "operationName" must be a string.');
    }
    params.operationName = operationName;
  }
  if (variables !== undefined && variables !== null) params.variables = object('variables', variables);
  if (extensions !== undefined && extensions !== null) params.extensions = object('extensions', extensions);
  return params;
}

function object(name: string, value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw refusal(400, `The parameter "${name}" must be an object.`);
  return value;
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
