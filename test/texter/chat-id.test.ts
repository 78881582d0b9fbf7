import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isChatId } from '../../src/texter/chat-id.ts';
import { isSessionId } from '../../src/texter/session-id.ts';

const BASE = 'http://upstream/server/api/v2/chats/';

test('the ids of the documentation are chat ids', () => {
  for (const id of ['65a000000000000000000001', 'abc', 'A_b-9', 'searching', 'x'.repeat(128)]) {
    expect(isChatId(id)).toBe(true);
  }
});

test('what would reach another endpoint is no chat id', () => {
  const refused = [
    'search',
    'SEARCH',
    'sEaRcH',
    'assign',
    'Assign',
    '',
    '.',
    '..',
    'a/b',
    'a\\b',
    'a%2Fb',
    'a?b',
    'a#b',
    'a b',
    'a\n',
    '\u0000',
    'ä',
    'x'.repeat(129),
  ];
  for (const id of refused) expect(isChatId(id), JSON.stringify(id)).toBe(false);
});

test('every chat id is one path segment, as it is and percent-encoded', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.stringMatching(/^[A-Za-z0-9_.%/-]*$/),
  );
  fc.assert(
    fc.property(anything, (id) => {
      if (!isChatId(id)) return;
      expect(new URL(BASE + id).pathname).toBe(`/server/api/v2/chats/${id}`);
      expect(encodeURIComponent(id)).toBe(id);
    }),
  );
});

test('session ids are lower-case letters and digits', () => {
  expect(isSessionId('0a9f'.repeat(16))).toBe(true);
  for (const id of ['', 'A1', 'a-1', 'a&b=c', 'a\n', 'a'.repeat(129)]) expect(isSessionId(id)).toBe(false);
});
