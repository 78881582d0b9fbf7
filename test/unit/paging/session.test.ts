import { describe, expect, test } from 'vitest';
import type { ConnectionArguments } from '../../../src/paging/arguments.ts';
import type { MessageRow } from '../../../src/paging/message-source.ts';
import { pageMessages } from '../../../src/paging/messages.ts';
import { UpstreamHabits } from '../../../src/paging/upstream-habits.ts';
import { FakeMessages, type MessageBehaviour } from './support/fake-messages.ts';
import { idOf } from './support/message-arbitraries.ts';

const SCOPE = { chatId: 'a0b1c2d3e4f5a0b1c2d3e4f5', botSessionId: 'a' };

/** 200 messages a minute apart before a session and 200 after it; every tenth of the session is a system message. */
function thread(length: number): MessageRow[] {
  return Array.from({ length: length + 400 }, (_, index) => {
    const isOfSession = index >= 200 && index < 200 + length;
    return {
      _id: idOf(index),
      timestamp: 1_700_000_000_000 + index * 60_000,
      botSessionId: isOfSession ? 'a' : null,
      systemMessage: isOfSession && index % 10 === 5,
    };
  });
}

/** A fake that pages are read from one after another by a process that remembers. */
function upstream(length: number, behaviour: Partial<MessageBehaviour> = {}) {
  const fake = new FakeMessages(thread(length), behaviour);
  const habits = new UpstreamHabits();
  const read = async (args: ConnectionArguments) => {
    const before = fake.calls;
    const { page, ...times } = await pageMessages(fake, SCOPE, args, { maximum: 100, habits });
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    const { nodes } = page;
    return {
      calls: fake.calls - before,
      nodes,
      hasNextPage,
      hasPreviousPage,
      startCursor,
      endCursor,
      ...times,
    };
  };
  return { fake, habits, read, session: fake.session('a') };
}

describe('a short bot session', () => {
  test.each([0, 9])('of %i messages costs 1 call, for the session alone', async (length) => {
    const { fake, read, session } = upstream(length);
    const { calls, nodes, hasPreviousPage, startCursor, firstMessageAt, lastMessageAt } = await read({});
    expect({ calls, nodes, hasPreviousPage }).toEqual({ calls: 1, nodes: session, hasPreviousPage: false });
    expect(startCursor === null).toBe(length === 0);
    expect([firstMessageAt, lastMessageAt]).toEqual([fake.all[0]?.timestamp, fake.all.at(-1)?.timestamp]);
    expect(fake.queries).toEqual([{ limit: 100, botSessionId: 'a' }]);
  });

  test('costs 1 call more once, to see that no cap cut it', async () => {
    const { fake, read, session } = upstream(40);
    expect(await read({ last: 30 })).toMatchObject({
      calls: 2,
      nodes: session.slice(-30),
      hasPreviousPage: true,
    });
    expect(fake.queries[1]).not.toHaveProperty('botSessionId');
    const page = await read({ first: 30 });
    expect(page).toMatchObject({ calls: 1, nodes: session.slice(0, 30), hasNextPage: true });
    expect(await read({ first: 30, after: page.endCursor })).toMatchObject({
      calls: 1,
      nodes: session.slice(30),
    });
  });
});

describe('a long bot session', () => {
  test('costs what a chat costs where the cursor pair works beside it, and 2 calls more once', async () => {
    const { habits, read, session } = upstream(300);
    expect(await read({ last: 50 })).toMatchObject({ calls: 3, nodes: session.slice(-50) });
    expect(habits.sessions).toBe('paged');
    const page = await read({ last: 50 });
    expect(page).toMatchObject({ calls: 1, nodes: session.slice(-50) });
    expect(await read({ last: 50, before: page.startCursor })).toMatchObject({
      calls: 1,
      nodes: session.slice(-100, -50),
    });
    expect(await read({ first: 50, after: page.startCursor })).toMatchObject({
      calls: 1,
      nodes: session.slice(-49),
    });
    const start = await read({ first: 50 });
    expect(start.nodes).toEqual(session.slice(0, 50));
    expect(start.calls).toBeLessThanOrEqual(12);
  });

  test.each([
    ['newest', 'ignored'],
    ['oldest', 'ignored'],
    ['oldest', 'honoured'],
  ] as const)(
    'is read whole where only its %s messages come first and the pair is %s',
    async (sessionCut, sessionPair) => {
      const { habits, read, session } = upstream(300, { sessionCut, sessionPair });
      expect(await read({ last: 50 })).toMatchObject({ calls: 4, nodes: session.slice(-50) });
      expect(habits.sessions).toBe(sessionCut);
      expect(await read({ first: 50 })).toMatchObject({ calls: 2, nodes: session.slice(0, 50) });
    },
  );

  test.each([
    ['newest', 'kept'],
    ['newest', 'dropped'],
    ['oldest', 'kept'],
    ['oldest', 'dropped'],
  ] as const)(
    'is picked from its chat where no more than its %s 60 come, system messages %s',
    async (sessionCut, sessionSystem) => {
      const { habits, read, session } = upstream(300, {
        sessionCut,
        sessionPair: 'ignored',
        cap: 60,
        sessionSystem,
      });
      const last = await read({ last: 50 });
      expect(last.nodes).toEqual(session.slice(-50));
      expect(habits.dropsSystemMessages).toBe(sessionSystem === 'dropped');
      const first = await read({ first: 50 });
      expect(first.nodes).toEqual(session.slice(0, 50));
      const middle = await read({ first: 100, after: first.endCursor, before: last.startCursor });
      expect(middle).toMatchObject({
        nodes: session.slice(50, 150),
        hasNextPage: true,
        hasPreviousPage: true,
      });
      // The end that is shown spares the walk past it.
      const near = sessionCut === 'newest' ? last : first;
      expect(near.calls).toBeLessThanOrEqual(7);
    },
  );

  test('of one ms is picked from its chat', async () => {
    const messages = thread(0).concat(
      Array.from({ length: 150 }, (_, index) => ({
        _id: idOf(1000 + index),
        timestamp: 5,
        botSessionId: 'a',
      })),
    );
    const fake = new FakeMessages(messages, { sessionPair: 'ignored', largestLimit: 200, ties: 'random' });
    const { page } = await pageMessages(
      fake,
      SCOPE,
      { last: 50 },
      { maximum: 100, habits: new UpstreamHabits() },
    );
    expect(page.nodes).toEqual(fake.session('a').slice(-50));
  });

  test('goes on beyond messages of others, when it is picked from its chat', async () => {
    const times = [...Array.from({ length: 10 }, (_, index) => index * 1000), 1_000_000];
    const ofSession = times.map((timestamp, index) => ({ _id: idOf(index), timestamp, botSessionId: 'a' }));
    const ofOthers = Array.from({ length: 200 }, (_, index) => ({
      _id: idOf(100 + index),
      timestamp: 2_000_000 + index,
      botSessionId: 'b',
    }));
    const fake = new FakeMessages([...ofSession, ...ofOthers], {
      sessionPair: 'ignored',
      sessionCut: 'oldest',
      cap: 10,
    });
    const options = { maximum: 100, habits: new UpstreamHabits() };
    for (const [first, hasNextPage] of [
      [10, true],
      [11, false],
    ] as const) {
      const { page } = await pageMessages(fake, SCOPE, { first }, options);
      expect(page.nodes).toEqual(ofSession.slice(0, first));
      expect(page.pageInfo.hasNextPage).toBe(hasNextPage);
    }
  });
});
