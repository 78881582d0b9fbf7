import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

// A document that comes again is executed without being judged again, so what counts as known has to have been judged.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { INTROSPECTION: 'off' } });
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function post(params: Record<string, unknown>) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(gateway.url, { method: 'POST', headers, body: JSON.stringify(params) });
  return { status: response.status, body: await response.json() };
}

/** Requests that are refused between parsing and validation, and so leave a parsed document behind. */
const REFUSED_EARLY: readonly [string, (query: string) => Promise<{ status: number }>][] = [
  ['an operation that is not there', (query) => post({ query, operationName: 'Missing' })],
  [
    'a mutation by GET',
    (query) =>
      fetch(`${gateway.url}?${new URLSearchParams({ query, operationName: 'M' })}`, {
        headers: { 'apollo-require-preflight': '1' },
      }),
  ],
];

const INVALID: readonly [string, string][] = [
  ['hidden introspection', 'query Q { __schema { types { name } } }'],
  ['fields that are not there', 'query Q { nothing }'],
  ['fragments in a circle', 'query Q { ...F } fragment F on Query { ...F }'],
];

describe.each(REFUSED_EARLY)('after %s', (_, refuse) => {
  test.each(INVALID)('%s are not valid', async (_name, operation) => {
    const query = `${operation} mutation M { nothing }`;
    expect((await refuse(query)).status).toBeGreaterThanOrEqual(400);
    for (let time = 0; time < 2; time += 1) {
      const { body } = await post({ query, operationName: 'Q' });
      expect(body.data).toBeUndefined();
      const codes = body.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code);
      expect(new Set(codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    }
  });
});

test('each operation of a known document can be asked for, and one that is not there is refused', async () => {
  const query = 'query A { a: __typename } query B { b: __typename }';
  expect((await post({ query, operationName: 'A' })).body).toMatchObject({ data: { a: 'Query' } });
  expect((await post({ query, operationName: 'B' })).body).toMatchObject({ data: { b: 'Query' } });
  const first = await post({ query: `${query} `, operationName: 'C' });
  expect(await post({ query, operationName: 'C' })).toEqual(first);
  expect(await post({ query })).toEqual(await post({ query: ` ${query}` }));
});

test('a mutation that is known is refused by GET', async () => {
  const query = 'mutation M { updateChatCrmData(input: { chatId: "none", data: {} }) { chat { id } } }';
  expect((await post({ query })).status).toBe(200);
  const response = await fetch(`${gateway.url}?${new URLSearchParams({ query })}`, {
    headers: { 'apollo-require-preflight': '1' },
  });
  expect(response.status).toBe(405);
});
