import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConnectionArguments } from '../../../src/paging/arguments.ts';
import type { MessageRow } from '../../../src/paging/message-source.ts';
import { findMessage, pageMessages } from '../../../src/paging/messages.ts';
import { MessageCursors } from '../../../src/paging/position.ts';
import { UpstreamHabits } from '../../../src/paging/upstream-habits.ts';
import { FakeMessages } from './support/fake-messages.ts';
import { chat, idOf } from './support/message-arbitraries.ts';
import { runs } from './support/runs.ts';
import { messagesAt, SHAPES } from './support/shapes.ts';

const CHAT_ID = 'a0b1c2d3e4f5a0b1c2d3e4f5';
const cursors = new MessageCursors(CHAT_ID);
const RUNS = runs(100);

/** What a process remembers that has read a page of 100 once. */
function experienced(): UpstreamHabits {
  const habits = new UpstreamHabits();
  habits.answered(101, 101);
  return habits;
}

async function read(fake: FakeMessages, args: ConnectionArguments, habits = new UpstreamHabits()) {
  const before = fake.calls;
  const { page } = await pageMessages(fake, { chatId: CHAT_ID }, args, { maximum: 100, habits });
  return { calls: fake.calls - before, nodes: page.nodes };
}

const cursorTo = (row: MessageRow | undefined) => row && cursors.write(row);

/** Messages a minute apart. */
function thread(length: number): MessageRow[] {
  return Array.from({ length }, (_, index) => ({
    _id: idOf(index),
    timestamp: 1_700_000_000_000 + index * 60_000,
  }));
}

describe('last, with or without before', () => {
  /** A thread, the end of a page in it, and the page's size. */
  const pages = fc
    .tuple(chat(250), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 100 }))
    .map(([messages, at, size]) => {
      const list = new FakeMessages(messages).all;
      const end = Math.ceil(at * list.length);
      return { list, end, start: end - size, size };
    })
    .filter(({ start }) => start > 0);

  test('costs 1 call where no tie is at an edge', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async ({ list, start, end }) => {
        const isTied = (index: number) => list[index - 1]?.timestamp === list[index]?.timestamp;
        const first = list.findIndex((_row, index) => index >= start && !isTied(index));
        const last = list.findIndex((_row, index) => index >= end && !isTied(index) && !isTied(index + 1));
        const size = (last === -1 ? list.length : last) - first;
        fc.pre(first > 0 && size <= 100);
        const fake = new FakeMessages(list, { ties: 'random' });
        const { calls } = await read(fake, { last: size, before: cursorTo(list[last]) });
        expect(calls).toBe(1);
        expect(fake.queries[0]?.limit).toBe(size + 1);
      }),
      RUNS,
    );
  });

  test('costs at most 1 more for groups of one ms of up to the size of the page', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async ({ list, end, size }) => {
        const fake = new FakeMessages(list, { ties: 'random' });
        fc.pre(fake.largestGroup <= size);
        const { calls } = await read(fake, { last: size, before: cursorTo(list[end]) }, experienced());
        expect(calls).toBeLessThanOrEqual(2);
      }),
      RUNS,
    );
  });

  test.each([
    [60, 2],
    [150, 3],
    [300, 4],
    [600, 5],
  ])('costs a call more for each doubling beyond: %i messages of one ms, %i calls', async (group, calls) => {
    const fake = new FakeMessages(
      messagesAt(Array.from({ length: 50 + group }, (_, index) => Math.min(index, 50))),
    );
    expect(await read(fake, { last: 40 })).toEqual({ calls, nodes: fake.all.slice(-40) });
  });
});

describe('an upstream that gives less than is asked for', () => {
  test('costs what it takes to read the page and one message more behind a silent cap', async () => {
    const fake = new FakeMessages(thread(300), { cap: 10 });
    const habits = new UpstreamHabits();
    expect((await read(fake, { last: 9 }, habits)).calls).toBe(1);
    expect((await read(fake, { last: 25 }, habits)).calls).toBe(3);
    expect((await read(fake, { last: 50 }, habits)).calls).toBe(6);
  });

  test('costs 1 call more, once, where it refuses the limit, and then no more than 50 is asked for', async () => {
    const fake = new FakeMessages(thread(300), { largestLimit: 50 });
    const habits = new UpstreamHabits();
    expect(await read(fake, { last: 60 }, habits)).toEqual({ calls: 3, nodes: fake.all.slice(-60) });
    expect(await read(fake, { last: 60 }, habits)).toEqual({ calls: 2, nodes: fake.all.slice(-60) });
    expect(fake.queries.map(({ limit }) => limit)).toEqual([61, 50, 50, 50, 50]);
    expect((await read(fake, { last: 49 }, habits)).calls).toBe(1);
  });

  test('is asked for 50 again when it refuses what it took before', async () => {
    const messages = thread(300);
    const habits = new UpstreamHabits();
    expect((await read(new FakeMessages(messages), { last: 60 }, habits)).calls).toBe(1);
    const stricter = new FakeMessages(messages, { largestLimit: 50 });
    expect((await read(stricter, { last: 60 }, habits)).calls).toBe(3);
    expect((await read(stricter, { last: 60 }, habits)).calls).toBe(2);
  });
});

describe('an upstream that gives less than it did', () => {
  /** A chat whose first ms holds 15 messages. */
  const list = messagesAt(Array.from({ length: 40 }, (_, index) => Math.max(index, 14)));

  test.each([16, 20])('is believed when it caps answers at %i', async (cap) => {
    for (const last of [20, 30, 40]) {
      const fake = new FakeMessages(list, { cap, ties: 'random' });
      expect((await read(fake, { last }, experienced())).nodes).toEqual(fake.all.slice(-last));
    }
  });

  test('is not believed to show all of a first ms because it did once', async () => {
    const [newest, ...rest] = list.toReversed();
    if (newest === undefined) throw new Error('The list is empty.');
    const fake = new FakeMessages(rest, { cap: 39, ties: 'id-desc' });
    const habits = new UpstreamHabits();
    expect(await read(fake, { last: 50 }, habits)).toEqual({ calls: 2, nodes: fake.all });
    fake.add(newest);
    expect((await read(fake, { last: 50 }, habits)).nodes).toEqual(fake.all);
  });
});

describe('a page of nothing', () => {
  test.each([{ first: 0 }, { last: 0 }])('costs 1 call: %j', async (args) => {
    expect(await read(new FakeMessages(thread(300)), args)).toEqual({ calls: 1, nodes: [] });
    expect(await read(new FakeMessages([]), args)).toEqual({ calls: 1, nodes: [] });
  });

  test.each([{ first: 10 }, { last: 10 }])('costs 1 call between crossed cursors: %j', async (args) => {
    const list = thread(300);
    const crossed = { ...args, after: cursorTo(list[200]), before: cursorTo(list[100]) };
    expect(await read(new FakeMessages(list), crossed)).toEqual({ calls: 1, nodes: [] });
  });
});

describe('a chat that the page holds whole', () => {
  test.each([0, 1, 9])('costs 1 call with %i messages', async (length) => {
    expect((await read(new FakeMessages(thread(length)), { last: 50 })).calls).toBe(1);
  });

  test.each([10, 30, 50])('costs 2 with %i until a longer answer or this chat was seen', async (length) => {
    const fake = new FakeMessages(thread(length));
    const habits = new UpstreamHabits();
    expect((await read(fake, { last: 50 }, habits)).calls).toBe(2);
    expect((await read(fake, { last: 50 }, habits)).calls).toBe(1);
    expect((await read(fake, { first: 50, after: cursorTo(fake.all[0]) }, habits)).calls).toBe(1);
    expect((await read(fake, { last: 50 }, experienced())).calls).toBe(1);
  });

  test('costs 2 however often while its first ms is its last, which may grow', async () => {
    const list = messagesAt(Array.from({ length: 12 }, () => 1));
    const fake = new FakeMessages(list, { cap: 13 });
    const habits = new UpstreamHabits();
    expect((await read(fake, { last: 50 }, habits)).calls).toBe(2);
    fake.add({ _id: idOf(1), timestamp: 1 });
    expect(await read(fake, { last: 50 }, habits)).toEqual({ calls: 2, nodes: fake.all });
    fake.add({ _id: idOf(2), timestamp: 1 });
    await expect(read(fake, { last: 50 }, habits)).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
    });
  });
});

describe('first after a cursor', () => {
  test.each([5, 50, 100])(
    '%i: costs 1 call with fewer than 50 newer messages, and no limit above 50 or the page',
    async (size) => {
      const list = thread(300);
      for (const newer of [0, 1, 20, 48, 49]) {
        const fake = new FakeMessages(list);
        const { calls, nodes } = await read(fake, { first: size, after: cursorTo(list[299 - newer]) });
        expect({ newer, calls }).toEqual({ newer, calls: 1 });
        expect(nodes).toEqual(list.slice(300 - newer, 300 - newer + size));
        expect(fake.queries[0]?.limit).toBe(Math.max(size, 50));
      }
    },
  );

  test('costs 1 call after the first message of a chat', async () => {
    const list = thread(9);
    expect((await read(new FakeMessages(list), { first: 50, after: cursorTo(list[0]) })).calls).toBe(1);
  });

  test('costs 2 calls with 90 newer messages', async () => {
    const list = thread(300);
    expect((await read(new FakeMessages(list), { first: 50, after: cursorTo(list[209]) })).calls).toBe(2);
  });
});

describe('first: 50 in 100 000 messages', () => {
  test.each(Object.keys(SHAPES))('%s: costs at most 25 calls from the start', async (shape) => {
    const messages = messagesAt(SHAPES[shape]?.() ?? []);
    for (const [behaviour, most] of [
      [{ ties: 'random' }, 25],
      [{ largestLimit: 50 }, 32],
      [{ cap: 10 }, 45],
    ] as const) {
      const fake = new FakeMessages(messages, behaviour);
      const { calls, nodes } = await read(fake, { first: 50 });
      expect(nodes).toEqual(fake.all.slice(0, 50));
      expect(calls).toBeLessThanOrEqual(most);
    }
  });

  test.each(Object.keys(SHAPES))('%s: costs at most 32 calls from anywhere, 8 on average', async (shape) => {
    const fake = new FakeMessages(messagesAt(SHAPES[shape]?.() ?? []));
    const habits = new UpstreamHabits();
    const starts = Array.from({ length: 25 }, (_, index) => Math.floor((index * 99_900) / 25));
    for (const start of starts) {
      const { calls, nodes } = await read(fake, { first: 50, after: cursorTo(fake.all[start]) }, habits);
      expect(nodes).toEqual(fake.all.slice(start + 1, start + 51));
      expect(calls).toBeLessThanOrEqual(32);
    }
    expect(fake.calls / starts.length).toBeLessThanOrEqual(8);
  });
});

describe('a message by its id', () => {
  test('costs 1 call, in a group of up to 50 and where it is not there', async () => {
    const list = messagesAt([1, 2, ...Array.from({ length: 49 }, () => 3), 4]);
    for (const { _id, timestamp } of list) {
      const fake = new FakeMessages(list, { ties: 'random' });
      const reference = { chatId: CHAT_ID, timestamp, messageId: _id };
      expect(await findMessage(fake, reference, new UpstreamHabits())).toMatchObject({ _id });
      expect(await findMessage(fake, { ...reference, messageId: 'gone' }, experienced())).toBeNull();
      expect(fake.calls).toBe(2);
    }
  });

  test('is found in a larger group', async () => {
    const list = messagesAt([1, ...Array.from({ length: 700 }, () => 2), 3]);
    const fake = new FakeMessages(list);
    const reference = { chatId: CHAT_ID, timestamp: 2, messageId: list[1]?._id ?? '' };
    expect(await findMessage(fake, reference, new UpstreamHabits())).toBe(list[1]);
    expect(await findMessage(fake, { ...reference, messageId: 'gone' }, new UpstreamHabits())).toBeNull();
  });

  test('cannot be said to be missing where its ms holds more than Texter returns', async () => {
    const list = messagesAt([1, ...Array.from({ length: 70 }, () => 2), 3]);
    const fake = new FakeMessages(list, { cap: 20 });
    const reference = { chatId: CHAT_ID, timestamp: 2, messageId: 'gone' };
    await expect(findMessage(fake, reference, new UpstreamHabits())).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
    });
  });
});
