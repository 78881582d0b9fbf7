import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requestIdOf } from '../../../src/http/request-id.ts';
import { send, startEdge } from './edge.ts';

it.each(['/health', '/ready', '/metrics', '/graphql', '/nothing'])(
  'is on every answer of %s: the caller’s if it is sane',
  async (path) => {
    await using edge = await startEdge();
    const method = path === '/graphql' ? 'POST' : 'GET';
    const own = await send(edge, { method, path, headers: { 'x-request-id': 'A-1.b_2' } });
    expect(own.headers['x-request-id']).toBe('A-1.b_2');
    const insane = await send(edge, { method, path, headers: { 'x-request-id': 'a b' } });
    expect(insane.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  },
);

it('is what GraphQL is told', async () => {
  await using edge = await startEdge();
  await send(edge, { headers: { 'x-request-id': 'mine' } });
  expect(edge.executed).toMatchObject([{ requestId: 'mine' }]);
});

it('takes nothing that could split a header or a log line', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 125, maxLength: 140 })),
      (given) => {
        const id = requestIdOf({ 'x-request-id': given });
        expect(id).toMatch(/^[A-Za-z0-9._-]{1,128}$/);
        expect(id === given).toBe(/^[A-Za-z0-9._-]{1,128}$/.test(given) && !given.includes('\n'));
      },
    ),
  );
});
