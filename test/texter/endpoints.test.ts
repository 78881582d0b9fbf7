import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chatRequest,
  crmRequest,
  messagesRequest,
  type RestRequest,
  searchRequest,
} from '../../src/texter/endpoints.ts';
import { TexterError } from '../../src/texter/errors.ts';

const digits = fc.nat();
const text = fc.string({ unit: 'grapheme' });
const sessionId = fc.stringMatching(/^[a-z0-9]{1,64}$/);

/** The query as a server reads it; what a bracketed name means is left to the assertions. */
function queryOf(request: RestRequest): [string, string][] {
  return [...new URL(request.path, 'http://upstream').searchParams];
}

test('a search says exactly what it was asked for', () => {
  const query = fc.record(
    {
      search: text,
      channel: fc.record({ name: text, accountId: text }),
      labels: fc.array(text),
      statuses: fc.array(text),
      showNoMessages: fc.boolean(),
      limit: digits,
      skip: digits,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(query, (asked) => {
      const request = searchRequest(asked);
      const { search, channel, labels = [], statuses = [], showNoMessages, limit, skip } = asked;
      const expected: [string, string | undefined][] = [
        ['search', search],
        ['channel[name]', channel?.name],
        ['channel[accountId]', channel?.accountId],
        ...labels.map((label): [string, string] => ['labels[]', label]),
        ...statuses.map((status): [string, string] => ['statuses[]', status]),
        ['showNoMessages', showNoMessages?.toString()],
        ['limit', limit?.toString()],
        ['skip', skip?.toString()],
      ];
      expect(queryOf(request)).toEqual(expected.filter(([, value]) => value !== undefined));
      expect(request.path).toMatch(/^\/chats\/search(\?[\x21-\x7e]+)?$/);
    }),
  );
});

test('messages are asked for by cursor, by session, by both', () => {
  const query = fc.record(
    { limit: digits, before: fc.record({ time: digits, id: sessionId }), botSessionId: sessionId },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(query, (asked) => {
      const request = messagesRequest('abc', asked);
      const expected: [string, string | undefined][] = [
        ['limit', asked.limit?.toString()],
        ['beforeTime', asked.before?.time.toString()],
        ['beforeId', asked.before?.id],
        ['botSessionId', asked.botSessionId],
      ];
      expect(queryOf(request)).toEqual(expected.filter(([, value]) => value !== undefined));
      expect(request.path).toMatch(/^\/messages\/chat\/abc(\?|$)/);
    }),
  );
});

test('half a surrogate pair is sent as the replacement character, not thrown on', () => {
  expect(queryOf(searchRequest({ search: 'a\ud800b' }))).toEqual([['search', 'a\ufffdb']]);
});

test('a write carries its data and mode', () => {
  const request = crmRequest('abc', { a: { b: [1, null] } }, 'defaultsDeep');
  expect(request).toMatchObject({ method: 'POST', path: '/chats/abc/crm-data' });
  expect(JSON.parse(request.body ?? '')).toEqual({
    data: { a: { b: [1, null] } },
    mergingMode: 'defaultsDeep',
  });
});

test.each([
  ['a chat id that is an endpoint', () => chatRequest('SEARCH')],
  ['a chat id with a slash', () => messagesRequest('../chats/search', {})],
  ['a chat id that is empty', () => crmRequest('', {}, 'merge')],
  ['a session that is a query', () => messagesRequest('abc', { botSessionId: 'a&limit=1' })],
  ['a limit that is no integer', () => searchRequest({ limit: 1.5 })],
  ['a skip beyond exact integers', () => searchRequest({ skip: 1e21 })],
])('%s is refused before anything is sent', (_, make) => {
  expect(make).toThrow(TexterError);
  expect(make).toThrow(expect.objectContaining({ kind: 'bad-request', sent: false }));
});

test.each([
  ['a message id in upper case', () => messagesRequest('abc', { before: { time: 1, id: 'ABC' } })],
  ['a time before 1970', () => messagesRequest('abc', { before: { time: -1, id: 'a' } })],
])("%s is no place to read from, and nobody's mistake but Texter's", (_, make) => {
  expect(make).toThrow(expect.objectContaining({ kind: 'invalid-response', sent: false }));
});
