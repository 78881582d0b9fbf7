import { expect, it } from 'vitest';
import { negotiate } from '../../../src/http/media-types.ts';
import { send, startEdge } from './edge.ts';

it.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['application/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/graphql-response+json', 'application/graphql-response+json'],
  ['application/graphql-response+json; charset=utf-8', 'application/graphql-response+json'],
  ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json'],
  ['application/json, application/graphql-response+json', 'application/json'],
  ['application/json;q=0.5, application/graphql-response+json;q=0.8', 'application/graphql-response+json'],
  ['text/html, */*;q=0.1', 'application/json'],
  ['application/json;q=0, application/graphql-response+json;q=0.1', 'application/graphql-response+json'],
  ['text/event-stream', 'text/event-stream'],
  ['APPLICATION/JSON', 'application/json'],
  ['application/json;q=x', undefined],
  ['text/html', undefined],
  ['', undefined],
])('%s is answered by %s', (accept, type) => {
  expect(negotiate(accept)).toBe(type);
});

it('gives a request that did not run the status of its media type', async () => {
  await using edge = await startEdge();
  const invalid = { body: ['{"query":"{ nothing }"}'] };
  const lenient = await send(edge, { ...invalid, headers: { accept: 'application/json' } });
  const strict = await send(edge, { ...invalid, headers: { accept: 'application/graphql-response+json' } });
  expect([lenient.status, strict.status]).toEqual([200, 400]);
  expect(strict.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
});

it('writes one result as an event stream that ends', async () => {
  await using edge = await startEdge();
  const answer = await send(edge, { headers: { accept: 'text/event-stream' } });
  expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(answer.text).toBe(
    'event: next\ndata: {"data":{"hello":"hello world"}}\n\nevent: complete\ndata:\n\n',
  );
});
