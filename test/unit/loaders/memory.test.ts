import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatMemory } from '../../../src/loaders/memory.ts';
import { beyondRecord, revisionOf } from '../../../src/model/chat-views.ts';
import type { WireChat } from '../../../src/texter/wire.ts';

const TTL_MS = 60_000;
const options = { entries: 100, bytes: 1_000_000, ttlMs: TTL_MS };
const CHAT = { title: 'Dana', updatedAt: '2026-01-01T00:00:00.000Z', last_message_timestamp: 1 };
const REVISION = revisionOf(CHAT);

let now: number;
beforeEach(() => {
  now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

/** Moves the clock. The cache reads it once a millisecond, so that a real one has to pass. */
async function pass(ms: number): Promise<void> {
  now += ms;
  await setTimeout(20);
}

describe('a view', () => {
  test('that fits alone is kept even where it does not fit beside the other', () => {
    const memory = new ChatMemory({ ...options, bytes: 1000 });
    expect(memory.keep('token', 'record', 'a', CHAT, memory.writes, 700)).toBe(true);
    expect(memory.keep('token', 'public', 'a', CHAT, memory.writes, 500)).toBe(true);
    expect(memory.view('token', 'public', 'a', REVISION)).toBe(CHAT);
    expect(memory.view('token', 'record', 'a', REVISION)).toBeNull();
    expect(memory.keep('token', 'record', 'a', CHAT, memory.writes, 1000)).toBe(false);
  });

  test('is remembered for its revision, credential, view and chat, and for nothing else', () => {
    const memory = new ChatMemory(options);
    memory.keep('token', 'public', 'a', CHAT, memory.writes);
    expect(memory.view('token', 'public', 'a', REVISION)).toBe(CHAT);
    expect(
      memory.view('token', 'public', 'a', { updatedAt: `${CHAT.updatedAt}x`, lastMessageAt: 1 }),
    ).toBeNull();
    expect(memory.view('token', 'public', 'a', null)).toBeNull();
    expect(memory.view('other', 'public', 'a', REVISION)).toBeNull();
    expect(memory.view('token', 'record', 'a', REVISION)).toBeNull();
    expect(memory.view('token', 'public', 'b', REVISION)).toBeNull();
  });

  test('is filed under the revision that it shows itself, in the place of an older one', () => {
    const memory = new ChatMemory(options);
    const newer = { ...CHAT, updatedAt: '2026-01-02T00:00:00.000Z' };
    memory.keep('token', 'public', 'a', CHAT, memory.writes);
    memory.keep('token', 'public', 'a', newer, memory.writes);
    expect(memory.view('token', 'public', 'a', REVISION)).toBeNull();
    expect(memory.view('token', 'public', 'a', revisionOf(newer))).toBe(newer);
  });

  test('without updatedAt, or over 256 KiB, is not kept', () => {
    const memory = new ChatMemory(options);
    memory.keep('token', 'record', 'a', CHAT, memory.writes);
    const large = { ...CHAT, crmData: { text: 'א'.repeat(132_000) } };
    memory.keep('token', 'record', 'a', large, memory.writes);
    expect(memory.hasRecord('token', 'a')).toBe(false);
    memory.keep('token', 'record', 'b', { title: 'undated' }, memory.writes);
    expect(memory.hasRecord('token', 'b')).toBe(false);
  });

  test('lives between four fifths of the TTL and all of it, and not all views equally long', async () => {
    const memory = new ChatMemory(options);
    const ids = Array.from({ length: 50 }, (_, index) => `chat-${index}`);
    for (const id of ids) memory.keep('token', 'public', id, CHAT, memory.writes);
    const alive = () => ids.filter((id) => memory.view('token', 'public', id, REVISION) !== null).length;
    await pass(TTL_MS * 0.79);
    expect(alive()).toBe(50);
    await pass(TTL_MS * 0.11);
    expect(alive()).toBeGreaterThan(0);
    expect(alive()).toBeLessThan(50);
    await pass(TTL_MS * 0.11);
    expect(alive()).toBe(0);
  });

  test('gives way when entries or bytes run out', () => {
    const few = new ChatMemory({ ...options, entries: 2 });
    for (const id of ['a', 'b', 'd', 'e', 'c']) few.keep('token', 'public', id, CHAT, few.writes);
    expect(few.view('token', 'public', 'a', REVISION)).toBeNull();
    expect(few.view('token', 'public', 'c', REVISION)).toBe(CHAT);

    const small = new ChatMemory({ ...options, bytes: 200 });
    for (const id of ['a', 'b', 'c']) small.keep('token', 'public', id, CHAT, small.writes);
    const kept = ['a', 'b', 'c'].filter((id) => small.view('token', 'public', id, REVISION));
    expect(kept).toEqual(['b', 'c']);
    small.keep('token', 'public', 'd', { ...CHAT, title: 'x'.repeat(300) }, small.writes);
    expect(small.view('token', 'public', 'c', REVISION)).toBe(CHAT);
  });

  test('is not kept when a write began or ended while it was read', () => {
    const memory = new ChatMemory(options);
    const { writes } = memory;
    memory.evict('a');
    memory.keep('token', 'public', 'a', CHAT, writes);
    expect(memory.view('token', 'public', 'a', REVISION)).toBeNull();
  });
});

describe('a public view, which is kept as the text it came in', () => {
  const VIEW = {
    ...CHAT,
    lastMessage: { type: 'text', text: 'שלום' },
    channelInfo: { name: 'whatsapp', id: '1', accountId: '2' },
  };
  const KEPT = beyondRecord(VIEW);
  const keep = (memory: ChatMemory, view: WireChat = VIEW, token = 'token', chatId = 'a') =>
    memory.keepPublic(token, chatId, view, JSON.stringify(view), memory.writes);

  test('is remembered for its revision, credential, view and chat, without what the record tells', () => {
    const memory = new ChatMemory(options);
    expect(keep(memory)).toBe(true);
    const found = memory.view('token', 'public', 'a', REVISION);
    expect(found).toEqual(KEPT);
    expect(found).not.toHaveProperty('title');
    expect(memory.view('token', 'public', 'a', REVISION)).toBe(found);
    expect(memory.view('token', 'public', 'a', { updatedAt: 'then', lastMessageAt: 1 })).toBeNull();
    expect(memory.view('other', 'public', 'a', REVISION)).toBeNull();
    expect(memory.view('token', 'record', 'a', REVISION)).toBeNull();
    expect(memory.view('token', 'public', 'b', REVISION)).toBeNull();
  });

  test.each([false, true])('takes the place of an older one, asked for before: %s', (isAskedFor) => {
    const memory = new ChatMemory(options);
    const newer = { ...VIEW, updatedAt: '2026-01-02T00:00:00.000Z' };
    keep(memory);
    if (isAskedFor) memory.view('token', 'public', 'a', REVISION);
    expect(keep(memory, newer)).toBe(true);
    expect(memory.view('token', 'public', 'a', REVISION)).toBeNull();
    expect(memory.view('token', 'public', 'a', revisionOf(newer))).toEqual(beyondRecord(newer));
  });

  test('without updatedAt is not kept; one over 256 KiB is not either, but takes the place of what was', () => {
    const memory = new ChatMemory(options);
    keep(memory);
    expect(keep(memory, { title: 'undated' })).toBe(false);
    expect(memory.view('token', 'public', 'a', REVISION)).toEqual(KEPT);
    expect(keep(memory, { ...VIEW, title: 'א'.repeat(132_000) })).toBe(false);
    expect(memory.view('token', 'public', 'a', REVISION)).toBeNull();
  });

  test('too large for a generation of small bounds is kept all the same', () => {
    const memory = new ChatMemory({ ...options, bytes: 400 });
    const large = { ...VIEW, title: 'x'.repeat(100) };
    expect(keep(memory, large)).toBe(true);
    expect(memory.view('token', 'public', 'a', REVISION)).toEqual(KEPT);
  });

  test('stands beside the record of its chat, whichever came first', () => {
    const memory = new ChatMemory(options);
    keep(memory);
    memory.keep('token', 'record', 'a', CHAT, memory.writes);
    memory.keep('token', 'record', 'b', CHAT, memory.writes);
    keep(memory, VIEW, 'token', 'b');
    for (const chatId of ['a', 'b']) {
      expect(memory.view('token', 'public', chatId, REVISION)).toEqual(KEPT);
      expect(memory.view('token', 'record', chatId, REVISION)).toBe(CHAT);
    }
  });

  test("tells its chat's channel", () => {
    const memory = new ChatMemory(options);
    keep(memory);
    expect(memory.channel('token', 'a')).toMatchObject({
      rawName: 'whatsapp',
      contactId: '1',
      accountId: '2',
    });
    expect(memory.channel('other', 'a')).toBeNull();
  });

  test('dies by a write to its chat, by one under way while it was read, and of age', () => {
    const memory = new ChatMemory(options);
    for (const chatId of ['a', 'b']) keep(memory, VIEW, 'token', chatId);
    const { writes } = memory;
    memory.evict('a');
    expect(memory.keepPublic('token', 'c', VIEW, JSON.stringify(VIEW), writes)).toBe(false);
    expect(memory.view('token', 'public', 'a', REVISION)).toBeNull();
    expect(memory.view('token', 'public', 'c', REVISION)).toBeNull();
    expect(memory.view('token', 'public', 'b', REVISION)).toEqual(KEPT);
    now += TTL_MS + 1;
    expect(memory.view('token', 'public', 'b', REVISION)).toBeNull();
  });
});

test('a write evicts the chat for every credential, and no other chat', () => {
  const memory = new ChatMemory(options);
  for (const token of ['one', 'two']) {
    for (const chatId of ['a', 'b']) {
      memory.keep(token, 'public', chatId, CHAT, memory.writes);
      memory.keep(token, 'record', chatId, CHAT, memory.writes);
    }
  }
  memory.evict('a');
  for (const token of ['one', 'two']) {
    expect(memory.view(token, 'public', 'a', REVISION)).toBeNull();
    expect(memory.view(token, 'record', 'a', REVISION)).toBeNull();
    expect(memory.view(token, 'public', 'b', REVISION)).toBe(CHAT);
  }
});

describe('a channel', () => {
  const channel = {
    rawName: 'email',
    accountId: 'desk',
    contactId: 'dana',
    metadata: { open: 'x'.repeat(1000) },
  };

  test('is remembered by credential, without its open metadata', () => {
    const memory = new ChatMemory(options);
    memory.keepChannel('token', 'a', channel);
    expect(memory.channel('token', 'a')).toEqual({ ...channel, metadata: null });
    expect(memory.channel('other', 'a')).toBeNull();
  });

  test('with names longer than any real one is not', () => {
    const memory = new ChatMemory(options);
    memory.keepChannel('token', 'a', { ...channel, contactId: 'x'.repeat(2000) });
    expect(memory.channel('token', 'a')).toBeNull();
  });
});

test.each([{ entries: 0 }, { ttlMs: 0 }])('switched off by %o, nothing is remembered', (change) => {
  const memory = new ChatMemory({ ...options, ...change });
  memory.keep('token', 'public', 'a', CHAT, memory.writes);
  memory.keepChannel('token', 'a', { rawName: 'sms', accountId: '1', contactId: '2', metadata: null });
  expect(memory.view('token', 'public', 'a', REVISION)).toBeNull();
  expect(memory.channel('token', 'a')).toBeNull();
});
