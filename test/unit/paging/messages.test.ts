import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../../src/errors.ts';
import type { ConnectionArguments } from '../../../src/paging/arguments.ts';
import type { MessageRow } from '../../../src/paging/message-source.ts';
import { pageMessages } from '../../../src/paging/messages.ts';
import { MessageCursors } from '../../../src/paging/position.ts';
import { UpstreamHabits } from '../../../src/paging/upstream-habits.ts';
import { FakeMessages } from './support/fake-messages.ts';
import { behaviour, chat, idOf, type PageChoice, pageChoice } from './support/message-arbitraries.ts';
import { factsOf, type OracleArguments, relay } from './support/relay.ts';
import { runs } from './support/runs.ts';

const CHAT_ID = 'a0b1c2d3e4f5a0b1c2d3e4f5';
const cursors = new MessageCursors(CHAT_ID);

function order(a: MessageRow, b: MessageRow): number {
  return a.timestamp - b.timestamp || (a._id < b._id ? -1 : a._id > b._id ? 1 : 0);
}

/** The same page request for the oracle and for the gateway. */
function ask(list: readonly MessageRow[], { direction, size, after, before }: PageChoice) {
  const at = (part: number | undefined) =>
    part === undefined ? undefined : list[Math.floor(part * list.length)];
  const oracle: OracleArguments<MessageRow> = {
    ...(direction && { [direction]: size }),
    ...(at(after) && { after: at(after) }),
    ...(at(before) && { before: at(before) }),
  };
  const args: ConnectionArguments = {
    ...(direction && { [direction]: size }),
    after: oracle.after && cursors.write(oracle.after),
    before: oracle.before && cursors.write(oracle.before),
  };
  return { oracle, args };
}

describe('exact pages', () => {
  test('equal Relay on the whole list, whatever the upstream does', async () => {
    await fc.assert(
      fc.asyncProperty(
        chat(150),
        behaviour,
        fc.array(pageChoice, { minLength: 1, maxLength: 4 }),
        async (messages, behaviour, choices) => {
          const fake = new FakeMessages(messages, behaviour);
          const habits = new UpstreamHabits();
          for (const choice of choices) {
            const { oracle, args } = ask(fake.all, choice);
            const expected = relay(fake.all, order, oracle);
            try {
              const { page, ...times } = await pageMessages(fake, { chatId: CHAT_ID }, args, {
                maximum: 100,
                habits,
              });
              expect(factsOf(page)).toEqual(expected);
              expect(times).toEqual({
                firstMessageAt: fake.all[0]?.timestamp ?? null,
                lastMessageAt: fake.all.at(-1)?.timestamp ?? null,
              });
            } catch (error) {
              if (!(error instanceof GatewayError) || fake.largestGroup <= fake.longestAnswer) throw error;
              expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
            }
          }
        },
      ),
      runs(300),
    );
  });

  test('of a bot session equal Relay on what its filter lets through', async () => {
    await fc.assert(
      fc.asyncProperty(
        chat(150),
        behaviour,
        fc.array(pageChoice, { minLength: 1, maxLength: 4 }),
        async (messages, behaviour, choices) => {
          const fake = new FakeMessages(messages, behaviour);
          const habits = new UpstreamHabits();
          for (const choice of choices) {
            const { oracle, args } = ask(fake.all, choice);
            const expected = relay(fake.session('a'), order, oracle);
            const scope = { chatId: CHAT_ID, botSessionId: 'a' };
            const { calls } = fake;
            try {
              const { page } = await pageMessages(fake, scope, args, { maximum: 100, habits });
              // Where the chat had to be read instead, which system messages the filter hides is beyond knowing.
              const isFiltered = fake.queries.slice(calls).every(({ botSessionId }) => botSessionId === 'a');
              if (isFiltered || behaviour.sessionSystem === 'kept') expect(factsOf(page)).toEqual(expected);
            } catch (error) {
              if (!(error instanceof GatewayError) || fake.largestGroup <= fake.longestAnswer) throw error;
              expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE');
            }
          }
        },
      ),
      runs(300),
    );
  });
});

describe('what an answer does not show', () => {
  /** Ten messages, then 30 of one ms, cut so that those of the lowest ids come first. */
  const fake = () =>
    new FakeMessages(
      Array.from({ length: 40 }, (_, index) => ({ _id: idOf(index), timestamp: Math.min(index, 10) })),
      { ties: 'id-desc' },
    );
  const options = () => ({ maximum: 100, habits: new UpstreamHabits() });

  test('is asked for when the limit cuts the ms of `after`', async () => {
    const source = fake();
    const after = cursors.write(source.all[36] ?? { _id: '', timestamp: 0 });
    const { page } = await pageMessages(source, { chatId: CHAT_ID }, { last: 5, after }, options());
    expect(factsOf(page)).toEqual({
      nodes: source.all.slice(37),
      hasNextPage: false,
      hasPreviousPage: false,
    });
  });

  test('is an error when the place asked for is ignored', async () => {
    const { all } = fake();
    const source = { read: async () => ({ messages: all, minTime: 0, maxTime: 10 }) };
    const before = cursors.write(all[5] ?? { _id: '', timestamp: 0 });
    await expect(
      pageMessages(source, { chatId: CHAT_ID }, { last: 2, before }, options()),
    ).rejects.toMatchObject({ code: 'UPSTREAM_INVALID_RESPONSE' });
  });

  test('is an error when even the default limit is refused', async () => {
    const source = { read: async () => 'refused' as const };
    await expect(pageMessages(source, { chatId: CHAT_ID }, {}, options())).rejects.toMatchObject({
      code: 'UPSTREAM_INVALID_RESPONSE',
    });
  });

  test.each([
    ['in order', (all: readonly MessageRow[]) => all.flatMap((row) => [row, row])],
    ['out of order', (all: readonly MessageRow[]) => [...all, ...all].reverse()],
  ])('is not served twice when messages come twice and %s', async (_name, repeat) => {
    const { all } = fake();
    const source = { read: async () => ({ messages: repeat(all), minTime: 0, maxTime: 10 }) };
    const { page } = await pageMessages(source, { chatId: CHAT_ID }, { last: 30 }, options());
    expect(page.nodes).toEqual(all.slice(-30));
  });
});

describe('a chat that goes on', () => {
  test.each(['first', 'last'] as const)(
    'delivers what was there exactly once to a walk by %s',
    async (direction) => {
      await fc.assert(
        fc.asyncProperty(
          chat(150),
          behaviour,
          fc.integer({ min: 1, max: 20 }),
          fc.array(fc.constantFrom(0, 0, 1, 1000, null), { maxLength: 30 }),
          async (messages, behaviour, size, arrivals) => {
            const fake = new FakeMessages(messages, behaviour);
            fc.pre(fake.largestGroup + arrivals.length <= fake.longestAnswer);
            const there = [...fake.all];
            let count = messages.length;
            const script = arrivals.values();
            fake.beforeAnswer = () => {
              const gap = script.next().value ?? null;
              if (gap === null) return;
              fake.add({ _id: idOf(count), timestamp: (fake.all.at(-1)?.timestamp ?? 0) + gap });
              count += 1;
            };
            const habits = new UpstreamHabits();
            const pages: MessageRow[][] = [];
            let cursor: string | null = null;
            for (let more = true; more; ) {
              const args: ConnectionArguments =
                direction === 'first' ? { first: size, after: cursor } : { last: size, before: cursor };
              const { page } = await pageMessages(fake, { chatId: CHAT_ID }, args, { maximum: 100, habits });
              pages.push([...page.nodes]);
              more = direction === 'first' ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage;
              cursor = direction === 'first' ? page.pageInfo.endCursor : page.pageInfo.startCursor;
            }
            const seen = (direction === 'first' ? pages : pages.reverse()).flat();
            expect(seen.filter((message) => there.includes(message))).toEqual(there);
            expect(new Set(seen).size).toBe(seen.length);
          },
        ),
        runs(150),
      );
    },
  );
});
