import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Documents that were parsed, and why others could not be: clients send the same few again and again. */
export interface DocumentCache {
  readonly documentCache: LRUCache<string, DocumentNode>;
  readonly errorCache: LRUCache<string, Error>;
  /** Those that passed validation. Yoga keeps what it has parsed, and may refuse it before it validates it. */
  readonly valid: WeakSet<DocumentNode>;
}

const MAX_DOCUMENT_BYTES = 50_000_000;
const MAX_ERROR_BYTES = 5_000_000;

/** Measured: graphql-js keeps 480 bytes for a token, its nodes and their locations; a plan of them and its code 1400. */
const BYTES_PER_TOKEN = 1900;
/** Measured, too: the error and its stack. */
const BYTES_PER_ERROR = 5000;

/**
 * The caches for Yoga, bounded by what they hold. By default it keeps 1024 documents of any size, so that a caller
 * who sends as many different ones of 2000 tokens would fill a gigabyte.
 */
export function createDocumentCache(): DocumentCache {
  return {
    documentCache: new LRUCache({
      maxSize: MAX_DOCUMENT_BYTES,
      sizeCalculation: ({ tokenCount = 0 }, text) => tokenCount * BYTES_PER_TOKEN + bytesOf(text),
    }),
    errorCache: new LRUCache({
      maxSize: MAX_ERROR_BYTES,
      sizeCalculation: (_error, text) => BYTES_PER_ERROR + bytesOf(text),
    }),
    valid: new WeakSet(),
  };
}

/** V8 keeps a text with two bytes for each unit as soon as one of them needs it. */
function bytesOf(text: string): number {
  return text.length * 2;
}
