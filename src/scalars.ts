import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLJSON, GraphQLJSONObject } from 'graphql-scalars';
import type { ErrorCode } from './errors.ts';

/** Deeper than anybody's data, and far from where writing an answer would overflow the stack. */
const MAX_DEPTH = 500;

/** Any JSON value. One that nests too deep fails by itself, not the answer that it would be part of. */
export const JsonScalar = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  serialize: shallowEnough,
});

/** A JSON object. Others are refused without being repeated: what was sent may be long, or not printable. */
export const JsonObjectScalar = new GraphQLScalarType({
  ...GraphQLJSONObject.toConfig(),
  serialize: shallowEnough,
  parseValue(value) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw new GraphQLError('Expected a JSON object.');
  },
});

/** No GraphQLError: the executor takes what a scalar throws of that kind apart, and the code would be lost. */
class TooDeep extends Error {
  readonly extensions: { code: ErrorCode } = { code: 'UPSTREAM_INVALID_RESPONSE' };
}

/** `UPSTREAM_INVALID_RESPONSE` for what nests deeper than 500 levels. */
function shallowEnough(value: unknown): unknown {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      throw new TooDeep('This value nests too deep to be passed on.');
    }
    level = level.flatMap((member) =>
      typeof member === 'object' && member !== null ? Object.values(member) : [],
    );
  }
  return value;
}
