import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChatCursors, type ChatPlace } from '../../../src/paging/chat-place.ts';
import { CursorScope } from '../../../src/paging/cursor.ts';
import { MessageCursors } from '../../../src/paging/position.ts';
import { idOf } from './support/message-arbitraries.ts';

const MESSAGE = { _id: idOf(1), timestamp: 1_700_000_000_123 };
const refusal = (argument: string) =>
  expect.objectContaining({
    code: 'BAD_USER_INPUT',
    message: expect.stringMatching(
      new RegExp(`^Expected "${argument}" to be a cursor that this list gave out .*, found ".*"\\.$`, 's'),
    ),
  });

describe('cursors', () => {
  test('are small, base64url and the same in every release', () => {
    const cursor = new MessageCursors('chat').write(MESSAGE);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]{1,60}$/);
    expect(cursor).toBe('MTE3el80ZXM1ZmYuMDAwMDAwMDAwMDAwMDAwMDAwMDAzZGRlfjR5MGZiMg');
    const place = { id: idOf(1), time: MESSAGE.timestamp, offset: 9_999, group: { lead: 0, trail: 0 } };
    expect(new ChatCursors('{}').write(place)).toMatch(/^[A-Za-z0-9_-]{1,72}$/);
  });

  test('of messages are read back as the place they stand for', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), fc.maxSafeInteger(), (_id, timestamp) => {
        const cursors = new MessageCursors('chat');
        expect(cursors.read('after', cursors.write({ _id, timestamp }))).toEqual({
          time: timestamp,
          id: _id,
        });
      }),
    );
  });

  test('of chats are read back as the place they stand for', () => {
    const group = fc.oneof(
      fc.record({ lead: fc.nat(), trail: fc.nat() }),
      fc.record({ previous: fc.nat().map((hash) => hash.toString(36)) }),
    );
    const place: fc.Arbitrary<ChatPlace> = fc.record({
      id: fc.string({ minLength: 1, unit: 'grapheme' }),
      time: fc.oneof(fc.maxSafeInteger(), fc.constant(Number.NEGATIVE_INFINITY)),
      offset: fc.nat(),
      group,
    });
    fc.assert(
      fc.property(place, (place) => {
        const cursors = new ChatCursors('{"search":"dana"}');
        expect(cursors.read('before', cursors.write(place))).toEqual(place);
      }),
    );
  });

  test('that are absent are no place', () => {
    expect(new MessageCursors('chat').read('after', null)).toBeNull();
    expect(new ChatCursors('{}').read('after', null)).toBeNull();
  });

  test('are refused by another chat, another filter and another kind of list', () => {
    const cursor = new MessageCursors('chat').write(MESSAGE);
    expect(() => new MessageCursors('chat2').read('after', cursor)).toThrow(refusal('after'));
    expect(() => new ChatCursors('chat').read('before', cursor)).toThrow(refusal('before'));
    const place = { id: 'a', time: 1, offset: 0, group: { lead: 0, trail: 0 } };
    const chat = new ChatCursors('{}').write(place);
    expect(() => new ChatCursors('{"search":"dana"}').read('after', chat)).toThrow(refusal('after'));
    expect(() => new MessageCursors('{}').read('after', chat)).toThrow(refusal('after'));
  });

  test('are refused when one character differs, is missing or was added', () => {
    const cursors = new MessageCursors('chat');
    const cursor = cursors.write(MESSAGE);
    for (let index = 0; index < cursor.length; index += 1) {
      const [head, tail] = [cursor.slice(0, index), cursor.slice(index + 1)];
      const other = cursor[index] === 'A' ? 'B' : 'A';
      for (const forged of [
        `${head}${other}${tail}`,
        `${head}${tail}`,
        `${head}${other}${cursor.slice(index)}`,
      ]) {
        expect(() => cursors.read('after', forged)).toThrow(refusal('after'));
      }
    }
    for (const forged of ['', '=', `${cursor}=`, `${cursor}.`, ` ${cursor}`, '🎈', cursor.repeat(40)]) {
      expect(() => cursors.read('after', forged)).toThrow(refusal('after'));
    }
  });

  test.each(['', '.', 'x', 'kmrb2p.', '.abc', 'zzzzzzzzzzzzz.abc', '!.abc'])(
    'are refused when somebody who knows the checksum put %j into them',
    (payload) => {
      const message = new CursorScope('message', 'chat').write(payload);
      expect(() => new MessageCursors('chat').read('after', message)).toThrow(refusal('after'));
      const chat = new CursorScope('chat', '{}').write(payload);
      expect(() => new ChatCursors('{}').read('after', chat)).toThrow(refusal('after'));
    },
  );

  test('are refused when another release wrote them', () => {
    const cursor = new MessageCursors('chat').write(MESSAGE);
    const text = Buffer.from(cursor, 'base64url').toString();
    expect(text[0]).toBe('1');
    const next = Buffer.from(`2${text.slice(1)}`).toString('base64url');
    expect(() => new MessageCursors('chat').read('after', next)).toThrow(refusal('after'));
  });

  test('are shown shortened when they are refused', () => {
    expect(() => new MessageCursors('chat').read('after', 'x'.repeat(500))).toThrow(
      `found "${'x'.repeat(80)}..."`,
    );
  });
});
