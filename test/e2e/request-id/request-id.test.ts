import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess({ LOG_LEVEL: 'trace' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const post = (requestId: string, body: string) =>
  fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
    body,
  });

it('comes back on answers and stands in the log', async () => {
  const answer = await post('caller-1', JSON.stringify({ query: '{ chats(first: 1) { totalCount } }' }));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-request-id')).toBe('caller-1');
  await gateway.logged({ requestId: 'caller-1' });
});

it('comes back on refusals', async () => {
  const answer = await post('caller-2', '{');
  expect(answer.status).toBe(400);
  expect(answer.headers.get('x-request-id')).toBe('caller-2');
  await gateway.logged({ requestId: 'caller-2' });
});

it.each(['a b', 'a"b', 'x'.repeat(129), 'ü', '{{7*7}}'])('is a new one in the place of %j', async (id) => {
  const answer = await post(id, '{"query":"{ __typename }"}');
  expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});
