import { describe, expect, test } from 'vitest';
import type { ConnectionArguments } from '../../../src/paging/arguments.ts';
import { pageChats } from '../../../src/paging/chats.ts';
import { type FakeChat, FakeChats } from './support/fake-chats.ts';
import { idOf } from './support/message-arbitraries.ts';

const OPTIONS = { maximum: 100, filter: '{}' };

/** Chats a second apart; those that `group` names share a time, or have none. */
function list(
  length: number,
  group: { from: number; to: number; time?: null } = { from: 0, to: 0 },
): FakeChat[] {
  return Array.from({ length }, (_, index) => {
    const isGrouped = index >= group.from && index < group.to;
    const time = (length - (isGrouped ? group.from : index)) * 1000;
    return { _id: idOf(index), last_message_timestamp: isGrouped && group.time === null ? null : time };
  });
}

async function read(fake: FakeChats, args: ConnectionArguments) {
  const before = fake.calls;
  const { page, totalCount } = await pageChats(fake, args, OPTIONS);
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
  const { nodes } = page;
  return {
    calls: fake.calls - before,
    nodes,
    hasNextPage,
    hasPreviousPage,
    startCursor,
    endCursor,
    totalCount,
  };
}

describe('a page of a still list costs', () => {
  const chats = list(10_000);
  const all = new FakeChats(chats).all;

  test.each([
    [{ first: 0 }, { skip: 0, limit: 1 }],
    [{ first: 30 }, { skip: 0, limit: 31 }],
    [{}, { skip: 0, limit: 31 }],
  ])('1 call for %j: %j', async (args, query) => {
    const fake = new FakeChats(chats);
    expect(await read(fake, args)).toMatchObject({ calls: 1, totalCount: 10_000 });
    expect(fake.queries).toEqual([query]);
  });

  test('1 call for each further page, with one row of overlap and one ahead', async () => {
    const fake = new FakeChats(chats);
    const first = await read(fake, { first: 30 });
    const second = await read(fake, { first: 30, after: first.endCursor });
    expect(second).toMatchObject({ calls: 1, nodes: all.slice(30, 60) });
    expect(fake.queries[1]).toEqual({ skip: 29, limit: 32 });
    const back = await read(fake, { last: 30, before: second.startCursor });
    expect(back).toMatchObject({ calls: 1, nodes: all.slice(0, 30) });
    expect(fake.queries[2]).toEqual({ skip: 0, limit: 31 });
  });

  test('2 calls for the last page, and 1 where the list is no longer', async () => {
    const fake = new FakeChats(chats);
    expect(await read(fake, { last: 30 })).toMatchObject({ calls: 2, nodes: all.slice(-30) });
    expect(fake.queries[1]?.limit).toBeLessThan(60);
    expect(await read(new FakeChats(chats.slice(0, 30)), { last: 30 })).toMatchObject({ calls: 1 });
  });

  test('1 call, and few rows, however deep', async () => {
    const fake = new FakeChats(chats);
    const { startCursor } = await read(fake, { last: 2 });
    const { calls, nodes } = await read(fake, { first: 100, after: startCursor });
    expect({ calls, nodes }).toEqual({ calls: 1, nodes: all.slice(-1) });
    expect(fake.queries.at(-1)).toEqual({ skip: 9_998, limit: 102 });
  });

  test('1 call between two cursors, crossed ones included', async () => {
    const fake = new FakeChats(chats);
    const { startCursor, endCursor } = await read(fake, { first: 60 });
    const between = await read(fake, { first: 100, after: startCursor, before: endCursor });
    expect(between).toMatchObject({ calls: 1, nodes: all.slice(1, 59) });
    const crossed = await read(fake, { first: 100, after: endCursor, before: startCursor });
    expect(crossed).toMatchObject({ calls: 1, nodes: [] });
  });
});

describe('a total that promises more than there is', () => {
  test('costs 1 call more on the last page, which is the last', async () => {
    const chats = list(45);
    const fake = new FakeChats(chats, { surplus: 3 });
    const first = await read(fake, { first: 30 });
    expect(first).toMatchObject({ calls: 1, totalCount: 48, hasNextPage: true });
    const second = await read(fake, { first: 30, after: first.endCursor });
    expect(second).toMatchObject({ calls: 2, nodes: fake.all.slice(30), hasNextPage: false });
    expect(await read(fake, { last: 30 })).toMatchObject({
      nodes: fake.all.slice(-30),
      hasPreviousPage: true,
    });
  });

  test('is an error where the rest is held back', async () => {
    const fake = new FakeChats(list(300), { cap: 20 });
    expect(await read(fake, { first: 19 })).toMatchObject({ calls: 1, nodes: fake.all.slice(0, 19) });
    const { calls } = fake;
    await expect(read(fake, { first: 20 })).rejects.toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' });
    expect(fake.calls - calls).toBe(4);
  });
});

describe('a moved anchor costs', () => {
  test.each([1, 9])('1 call more by %i rows, either way', async (rows) => {
    const fake = new FakeChats(list(500));
    const all = fake.all;
    const { endCursor } = await read(fake, { first: 30 });
    for (let index = 0; index < rows; index += 1) fake.delete(all[index]?._id ?? '');
    expect(await read(fake, { first: 30, after: endCursor })).toMatchObject({
      calls: 2,
      nodes: all.slice(30, 60),
    });
    for (let index = 0; index < 2 * rows; index += 1)
      fake.set({ _id: `new${index}`, last_message_timestamp: 1e9 + index });
    expect(await read(fake, { first: 30, after: endCursor })).toMatchObject({
      calls: 2,
      nodes: all.slice(30, 60),
    });
  });

  test.each([
    [10, 2],
    [50, 3],
    [200, 4],
    [800, 5],
    [3_400, 6],
    [9_800, 7],
    [25_000, 12],
  ])('a call more each time it moved four times further: by %i rows, %i calls', async (rows, most) => {
    const fake = new FakeChats(list(60_000));
    const all = fake.all;
    const { endCursor, startCursor } = await read(fake, { last: 100 });
    const { endCursor: middle } = await read(fake, { first: 100, after: endCursor, before: endCursor });
    expect(middle).toBeNull();
    for (let index = 0; index < rows; index += 1) fake.delete(all[index]?._id ?? '');
    const gone = await read(fake, { first: 100, after: startCursor });
    expect(gone.nodes).toEqual(all.slice(-99));
    expect(gone.calls).toBeLessThanOrEqual(most);
    for (let index = 0; index < 2 * rows; index += 1)
      fake.set({ _id: `new${index}`, last_message_timestamp: 1e9 + index });
    const come = await read(fake, { last: 50, before: endCursor });
    expect(come.nodes).toEqual(all.slice(-51, -1));
    expect(come.calls).toBeLessThanOrEqual(most);
  });

  test('7 calls more by nearly as many rows as one answer holds', async () => {
    const fake = new FakeChats(list(500));
    const all = fake.all;
    const { endCursor } = await read(fake, { first: 100 });
    for (let index = 0; index < 9_950; index += 1) {
      fake.set({ _id: `new${index}`, last_message_timestamp: 1e9 + index });
    }
    expect(await read(fake, { first: 100, after: endCursor })).toMatchObject({
      calls: 8,
      nodes: all.slice(100, 200),
    });
  });

  test('no error when the list shrinks to nothing', async () => {
    const fake = new FakeChats(list(200));
    const { endCursor } = await read(fake, { first: 100 });
    for (const { _id } of fake.all) fake.delete(_id);
    expect(await read(fake, { first: 10, after: endCursor })).toMatchObject({ nodes: [], totalCount: 0 });
    expect(await read(fake, { last: 10, before: endCursor })).toMatchObject({ nodes: [], totalCount: 0 });
  });
});

describe('a group of chats of one time', () => {
  test('costs 1 call more where it crosses the edge of a page for the first time', async () => {
    const chats = list(500, { from: 28, to: 33 });
    const fake = new FakeChats(chats, { ties: 'random' });
    const first = await read(fake, { first: 30 });
    expect(first).toMatchObject({ calls: 2, nodes: fake.all.slice(0, 30) });
    const second = await read(fake, { first: 30, after: first.endCursor });
    expect(second).toMatchObject({ calls: 1, nodes: fake.all.slice(30, 60) });
    const back = await read(fake, { last: 30, before: second.startCursor });
    expect(back).toMatchObject({ calls: 1, nodes: fake.all.slice(0, 30) });
  });

  test.each([
    ['of one time', {}],
    ['without a message', { time: null }],
  ])('is exact with 9 000 chats %s, whatever order REST gives them', async (_name, time) => {
    const fake = new FakeChats(list(9_500, { from: 150, to: 9_150, ...time }), { ties: 'random' });
    const { all } = fake;
    const seen: FakeChat[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 5; page += 1) {
      const { nodes, endCursor }: Awaited<ReturnType<typeof read>> = await read(fake, {
        first: 70,
        after: cursor,
      });
      seen.push(...nodes);
      cursor = endCursor;
    }
    expect(seen).toEqual(all.slice(0, 350));
    const last = await read(fake, { last: 100 });
    const before = await read(fake, { last: 100, before: last.startCursor });
    expect(before.nodes).toEqual(all.slice(-200, -100));
  });

  test('is walked in the order of REST where it is larger than any answer', async () => {
    const fake = new FakeChats(list(10_600, { from: 150, to: 10_400 }));
    const given = (await fake.search({ skip: 0, limit: 10_000 })).data;
    const start = await read(fake, { first: 100 });
    const second = await read(fake, { first: 100, after: start.endCursor });
    const third = await read(fake, { first: 100, after: second.endCursor });
    const fourth = await read(fake, { first: 100, after: third.endCursor });
    expect([start, second, third, fourth].flatMap(({ nodes }) => nodes)).toEqual(given.slice(0, 400));
    expect([third.calls, fourth.calls]).toEqual([1, 1]);
    const back = await read(fake, { last: 100, before: fourth.startCursor });
    expect(back).toMatchObject({ calls: 1, nodes: third.nodes });
  });

  test('that is larger than any answer is followed when rows before it come and go', async () => {
    const fake = new FakeChats(list(10_600, { from: 150, to: 10_400 }));
    const given = (await fake.search({ skip: 0, limit: 10_000 })).data;
    const start = await read(fake, { first: 100 });
    const second = await read(fake, { first: 100, after: start.endCursor });
    fake.set({ _id: 'new', last_message_timestamp: 1e9 });
    const third = await read(fake, { first: 100, after: second.endCursor });
    for (const { _id } of given.slice(0, 5)) fake.delete(_id);
    const fourth = await read(fake, { first: 100, after: third.endCursor });
    expect([...third.nodes, ...fourth.nodes]).toEqual(given.slice(200, 400));
  });

  test('that is larger than any answer is refused where REST changes its order', async () => {
    const fake = new FakeChats(list(10_600, { from: 150, to: 10_400 }), { ties: 'random' });
    const start = await read(fake, { first: 100 });
    const second = await read(fake, { first: 100, after: start.endCursor });
    await expect(read(fake, { first: 100, after: second.endCursor })).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
    });
    await expect(read(fake, { last: 100, before: second.endCursor })).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
    });
  });

  test('that is larger than any answer is refused where a row and the one before it have parted', async () => {
    const chats = list(10_600, { from: 150, to: 10_400 });
    const fake = new FakeChats(chats);
    const start = await read(fake, { first: 100 });
    const second = await read(fake, { first: 100, after: start.endCursor });
    const anchor = second.nodes.at(-1);
    // REST now gives the anchor a few rows further up, and all else as before.
    const order = chats.filter((chat) => chat !== anchor);
    if (anchor !== undefined) order.splice(196, 0, anchor);
    const changed = new FakeChats(order);
    await expect(read(changed, { first: 100, after: second.endCursor })).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
    });
    expect(changed.calls).toBe(3);
  });

  test('is seen whole again when it moved up and came in another order', async () => {
    // Five of one time: the page ends with the second of them. Then three rows go, and REST gives the first two last.
    const chats = list(100, { from: 28, to: 33 });
    const fake = new FakeChats(chats);
    const { all } = fake;
    const first = await read(fake, { first: 30 });
    const group = all.slice(28, 33);
    const order = [
      ...group.slice(2),
      ...group.slice(0, 2),
      ...all.filter((chat) => !group.includes(chat)).slice(5),
    ];
    const moved = new FakeChats(order);
    expect((await read(moved, { first: 10, after: first.endCursor })).nodes).toEqual(all.slice(30, 40));
    const last = await read(fake, { first: 1, after: first.endCursor });
    const back = new FakeChats([
      ...group.toReversed(),
      ...all.filter((chat) => !group.includes(chat)),
      ...list(3).map((chat) => ({ ...chat, _id: `new${chat._id}`, last_message_timestamp: 1e9 })),
    ]);
    expect((await read(back, { last: 3, before: last.startCursor })).nodes).toEqual(all.slice(27, 30));
  });
});

describe('an answer', () => {
  test('that repeats chats and is out of order is put right', async () => {
    const chats = list(20);
    const source = { search: async () => ({ data: [...chats, ...chats].reverse(), total: 40 }) };
    const { page } = await pageChats(source, { first: 30 }, OPTIONS);
    expect(page.nodes).toEqual(chats);
  });
});
