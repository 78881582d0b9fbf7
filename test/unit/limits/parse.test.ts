import { GraphQLError, getIntrospectionQuery, Source } from 'graphql';
import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../../src/errors.ts';
import { parseWithinLimits } from '../../../src/limits/parse.ts';

/** What an error says of the limit; what is within parses. */
function refusalOf(document: string | Source): unknown {
  try {
    parseWithinLimits(document);
    return 'within';
  } catch (error) {
    if (!(error instanceof GatewayError)) return error;
    const { code, limit, actual } = error.extensions;
    return [code, limit, actual];
  }
}

const nested = (levels: number) => `${'{ a '.repeat(levels)}${'}'.repeat(levels)}`;

describe('the limits of a document', () => {
  test.each([
    ['2000 tokens', `{${' a'.repeat(1998)} }`, 'within'],
    ['2001 tokens', `{${' a'.repeat(1999)} }`, ['QUERY_TOO_COMPLEX', 2000, 2001]],
    ['tokens, counted to the end', `{${' a'.repeat(40_000)} }`, ['QUERY_TOO_COMPLEX', 2000, 40_002]],
    ['2000 tokens and comments', `{${' a #c\n'.repeat(1998)} }`, 'within'],
    ['depth 15', nested(15), 'within'],
    ['depth 16', nested(16), ['QUERY_TOO_COMPLEX', 15, 16]],
    ['30 aliases', `{ ${'x: a '.repeat(30)} }`, 'within'],
    ['31 aliases', `{ ${'x: a '.repeat(31)} }`, ['QUERY_TOO_COMPLEX', 30, 31]],
    ['4 directives in one place', `{ a ${'@d '.repeat(4)} }`, 'within'],
    ['5 directives in one place', `{ a ${'@d '.repeat(5)} }`, ['QUERY_TOO_COMPLEX', 4, 5]],
    ['50 directives', `{ ${'a @d '.repeat(50)} }`, 'within'],
    ['51 directives', `{ ${'a @d '.repeat(51)} }`, ['QUERY_TOO_COMPLEX', 50, 51]],
    [
      'a fragment spread 31 times',
      `{ ${'...F '.repeat(31)} } fragment F on Query { x: a }`,
      ['QUERY_TOO_COMPLEX', 30, 31],
    ],
    [
      "every tool's introspection",
      getIntrospectionQuery({
        inputValueDeprecation: true,
        specifiedByUrl: true,
        oneOf: true,
        schemaDescription: true,
      }),
      'within',
    ],
  ])('%s', (_name, document, expected) => {
    expect(refusalOf(document)).toEqual(expected);
    expect(refusalOf(new Source(document))).toEqual(expected);
  });

  test('a text that nests deeper than any stack is a matter of tokens', () => {
    expect(refusalOf(nested(45_000))).toEqual(['QUERY_TOO_COMPLEX', 2000, 135_000]);
  });

  test('a syntax error within the limits stays one', () => {
    const error = refusalOf('{ a ');
    expect(error).toBeInstanceOf(GraphQLError);
    expect(error).not.toBeInstanceOf(GatewayError);
  });
});
