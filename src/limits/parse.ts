import { type DocumentNode, Lexer, parse, Source } from 'graphql';
import { type DocumentSize, documentSize } from './document-size.ts';
import { tooComplex } from './too-complex.ts';

const MAX_TOKENS = 2000;

/** Each limit with what it counts, in the order in which they are checked. */
const LIMITS: readonly (readonly [keyof DocumentSize, limit: number, what: string])[] = [
  ['depth', 15, 'levels of fields'],
  ['aliases', 30, 'aliases'],
  ['directivesOnNode', 4, 'directives in one place'],
  ['directives', 50, 'directives'],
];

/**
 * Parses a document that is within the limits which do not need the schema. Throws `QUERY_TOO_COMPLEX` for the
 * first limit that it exceeds, or graphql-js's syntax error. Makes no REST call.
 */
export function parseWithinLimits(source: string | Source): DocumentNode {
  const document = parseTokens(source);
  const size = documentSize(document);
  for (const [name, limit, what] of LIMITS) {
    if (size[name] > limit) throw tooComplex(what, limit, size[name]);
  }
  return document;
}

/** The parser stops at the limit and says so by a syntax error like any other; what it was is counted again. */
function parseTokens(source: string | Source): DocumentNode {
  try {
    return parse(source, { maxLexicalTokens: MAX_TOKENS });
  } catch (error) {
    const tokens = countTokens(source);
    throw tokens > MAX_TOKENS ? tooComplex('tokens', MAX_TOKENS, tokens) : error;
  }
}

/** Tokens up to the end, or to the first character that is part of none. Takes time in proportion to the text. */
function countTokens(source: string | Source): number {
  const lexer = new Lexer(typeof source === 'string' ? new Source(source) : source);
  let count = 0;
  try {
    while (lexer.advance().kind !== '<EOF>') count += 1;
  } catch {
    // The parser has met the same character, or the limit before it.
  }
  return count;
}
