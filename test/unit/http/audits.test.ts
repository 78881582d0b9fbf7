import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edge, startEdge } from './edge.ts';

// The published audits of GraphQL over HTTP against the edge alone, graphql-js behind it. A browser's header
// is sent along, because GET is taken with it only.
describe('GraphQL over HTTP', () => {
  let edge: Edge;
  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge[Symbol.asyncDispose]());

  const fetchFn = (url: string, init?: RequestInit) =>
    fetch(url, { ...init, headers: { ...init?.headers, 'apollo-require-preflight': 'yes' } });

  for (const audit of serverAudits({ url: () => edge.url, fetchFn })) {
    it(`${audit.id} ${audit.name}`, async () => {
      expect(await audit.fn()).toMatchObject({ status: 'ok' });
    });
  }
});
