import { describe, expect, test } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { READ_KEY, startLocked, startOpen, startUnauthenticated } from './profiles.ts';

// INTROSPECTION: who sees the schema, by asking for it or by guessing.

const credential = { authorization: `Bearer ${READ_KEY}` };

interface Profile {
  readonly name: string;
  readonly start: () => Promise<TestGateway>;
  readonly headers?: Record<string, string>;
}

const SHOWN: readonly Profile[] = [
  { name: 'before the sandbox', start: startOpen },
  { name: 'before a real project with a credential', start: startLocked, headers: credential },
  { name: 'where it is on', start: () => startLocked({ INTROSPECTION: 'on' }), headers: credential },
];
const HIDDEN: readonly Profile[] = [
  { name: 'where it is off', start: () => startLocked({ INTROSPECTION: 'off' }), headers: credential },
  { name: 'where it is off before the sandbox', start: () => startOpen({ INTROSPECTION: 'off' }) },
  { name: 'where nobody is authenticated', start: startUnauthenticated },
];

const ASKED = [
  '{ __schema { queryType { name } } }',
  '{ __type(name: "Chat") { name } }',
  '{ ...F } fragment F on Query { hidden: __schema { types { name } } }',
  '{ chat(chatId: "c1") { title } __schema { __typename } }',
];

const FILTER = 'query ($filter: ChatFilter) { chats(filter: $filter) { totalCount } }';
const GUESSES: readonly (readonly [query: string, variables?: Record<string, unknown>])[] = [
  ['{ chatz { totalCount } }'],
  ['{ chats { totalCoun } }'],
  ['{ chats(filte: null) { totalCount } }'],
  ['{ chats(filter: { statusses: [] }) { totalCount } }'],
  ['{ chats(filter: { statuses: [BOTT] }) { totalCount } }'],
  ['{ chats { nodes { ... on Chatt { title } } } }'],
  [FILTER, { filter: { statusses: [] } }],
  [FILTER, { filter: { statuses: ['BOTT'] } }],
];

describe.each(SHOWN)('the schema $name', ({ start, headers }) => {
  test('is shown, and mistakes are helped', async () => {
    await using gateway = await start();
    for (const query of ASKED)
      expect((await gateway.query(query, {}, headers)).errors, query).toBeUndefined();
    for (const [query, variables] of GUESSES) {
      const { errors } = await gateway.query(query, variables, headers);
      expect(errors?.[0]?.message, query).toContain('Did you mean');
    }
  });
});

describe.each(HIDDEN)('the schema $name', ({ start, headers }) => {
  test('is hidden, and guesses are not helped', async () => {
    await using gateway = await start();
    for (const query of ASKED) {
      const { data, errors } = await gateway.query(query, {}, headers);
      expect(data, query).toBeUndefined();
      for (const { extensions } of errors ?? []) expect(extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
    for (const [query, variables] of GUESSES) {
      const { data, errors } = await gateway.query(query, variables, headers);
      expect(data, query).toBeUndefined();
      expect(errors, query).toHaveLength(1);
      expect(errors?.[0]?.extensions.code).toBe(variables ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED');
      expect(errors?.[0]?.message, query).not.toContain('Did you mean');
    }
  });

  test('leaves __typename and _service alone', async () => {
    await using gateway = await start();
    const { data, errors } = await gateway.query('{ __typename _service { sdl } }', {}, headers);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      __typename: 'Query',
      _service: { sdl: expect.stringContaining('type Chat') },
    });
  });
});
