import type { ExecutionResult, GraphQLError } from 'graphql';
import type { HeaderList } from './cors.ts';
import type { AnswerType } from './media-types.ts';
import type { HttpExtension } from './refusal.ts';

export interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
}

/**
 * Writes a GraphQL result as an HTTP answer. With data, null included, the operation ran and the status is
 * 200. Without, it is the highest that an error asks for; else 500 for a defect, 200 for `application/json`
 * and 400 for the rest, as GraphQL over HTTP has it.
 */
export function writeAnswer(result: ExecutionResult, type: AnswerType): Answer {
  const { errors } = result;
  if (errors === undefined) {
    return { status: 200, headers: HEADERS[type], body: frame(JSON.stringify(result), type) };
  }
  const asks = errors.map(httpExtension);
  const headers = asks.flatMap((ask) => Object.entries(ask.headers ?? {}).flat());
  const status = result.data === undefined ? statusWithoutData(errors, asks, type) : 200;
  const body = JSON.stringify({ ...result, errors: errors.map(withoutHttp) });
  return { status, headers: [...HEADERS[type], ...headers], body: frame(body, type) };
}

const headersOf = (type: AnswerType): HeaderList => [
  'content-type',
  `${type}; charset=utf-8`,
  'cache-control',
  'private, no-store',
];

const HEADERS: Record<AnswerType, HeaderList> = {
  'application/json': headersOf('application/json'),
  'application/graphql-response+json': headersOf('application/graphql-response+json'),
  'text/event-stream': headersOf('text/event-stream'),
};

function statusWithoutData(
  errors: readonly GraphQLError[],
  asks: readonly HttpExtension[],
  type: AnswerType,
): number {
  const lenient = type !== 'application/graphql-response+json';
  const statuses = asks.map(({ status = 0, spec = false }) => (lenient && spec ? 0 : status));
  const highest = Math.max(...statuses);
  if (highest > 0) return highest;
  if (errors.some(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR')) return 500;
  return lenient ? 200 : 400;
}

function httpExtension({ extensions }: GraphQLError): HttpExtension {
  const http: unknown = extensions.http;
  return typeof http === 'object' && http !== null ? http : {};
}

function withoutHttp(error: GraphQLError): object {
  const { extensions, ...rest } = error.toJSON();
  const { http: _, ...shown } = extensions ?? {};
  return { ...rest, extensions: shown };
}

/** An event stream of one result, as in the distinct connections mode of GraphQL over server-sent events. */
function frame(json: string, type: AnswerType): string {
  return type === 'text/event-stream' ? `event: next\ndata: ${json}\n\nevent: complete\ndata:\n\n` : json;
}
