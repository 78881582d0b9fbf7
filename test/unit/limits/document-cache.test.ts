import { parse } from 'graphql';
import { createSchema, createYoga } from 'graphql-yoga';
import { expect, test } from 'vitest';
import { createDocumentCache } from '../../../src/limits/document-cache.ts';
import { useDocumentCache } from '../../../src/operation/use-document-cache.ts';

test('keeps hundreds of ordinary documents', () => {
  const { documentCache } = createDocumentCache();
  const texts = Array.from(
    { length: 800 },
    (_, i) => `query Q${i} { chats(first: ${i}) { nodes { id title } } }`,
  );
  for (const text of texts) documentCache.set(text, parse(text));
  expect(texts.every((text) => documentCache.has(text))).toBe(true);
});

test('lets go of the oldest when the largest come', () => {
  const { documentCache, errorCache } = createDocumentCache();
  const large = Array.from({ length: 200 }, (_, i) => `query Q${i} { ${'a '.repeat(1990)} }`);
  for (const text of large) documentCache.set(text, parse(text));
  expect(documentCache.size).toBeLessThan(60);
  expect(documentCache.has(large.at(-1) ?? '')).toBe(true);
  for (let i = 0; i < 200; i += 1) errorCache.set(`${i}`.repeat(30_000), new Error('no document'));
  expect(errorCache.size).toBeLessThan(100);
});

test('keeps no document that is not valid: its errors would hold ten times as much', async () => {
  const caches = createDocumentCache();
  const yoga = createYoga({
    schema: createSchema({ typeDefs: 'type Query { a: Int }' }),
    parserAndValidationCache: caches,
    plugins: [useDocumentCache(caches)],
  });
  const request = new Request('http://gateway.invalid/graphql');
  for (const query of ['{ a }', '{ nothing }', '{ nothing }', 'query ($unused: Int) { a }'])
    await yoga.getResultForParams({ params: { query }, request }, {});
  expect([...caches.documentCache.keys()]).toEqual(['{ a }']);
});
