import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConnectionArguments } from '../../../src/paging/arguments.ts';
import { pageChats } from '../../../src/paging/chats.ts';
import { type FakeChat, FakeChats, orderOfChats } from './support/fake-chats.ts';
import { idOf, pageChoice } from './support/message-arbitraries.ts';
import { factsOf, relay } from './support/relay.ts';

const OPTIONS = { maximum: 100, filter: '{}' };
const START = 1_700_000_000_000;

/** Chats by age: some of one time, some without a message. */
const chats: fc.Arbitrary<FakeChat[]> = fc
  .array(fc.constantFrom(0, 0, 1, 1, 1000, 60_000, null), { maxLength: 160, size: 'max' })
  .map((gaps) => {
    let time = START;
    return gaps.map((gap, index) => {
      if (gap !== null) time += gap;
      return { _id: idOf(index), last_message_timestamp: gap === null ? null : time };
    });
  });

/** Cursors to every chat of the list, as pages give them out. */
async function cursorsOf(chats: readonly FakeChat[]): Promise<string[]> {
  const all = new FakeChats(chats);
  const cursors: string[] = [];
  for (let after: string | null = null; cursors.length < chats.length; after = cursors.at(-1) ?? null) {
    const { page } = await pageChats(all, { first: 100, after }, OPTIONS);
    cursors.push(...page.edges.map(({ cursor }) => cursor));
  }
  return cursors;
}

describe('a list that stands still', () => {
  test('is paged as Relay would page all of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        chats,
        fc.constantFrom('stable', 'random'),
        fc.array(pageChoice, { minLength: 1, maxLength: 6 }),
        async (chats, ties, choices) => {
          const fake = new FakeChats(chats, ties);
          const list = fake.all;
          const cursors = await cursorsOf(chats);
          for (const { direction, size, after, before } of choices) {
            const index = (part: number | undefined) =>
              part === undefined ? -1 : Math.floor(part * list.length);
            const backward =
              direction === 'last' ||
              (direction === undefined && after === undefined && before !== undefined);
            const oracle = {
              [backward ? 'last' : 'first']: direction === undefined ? 30 : size,
              after: list[index(after)],
              before: list[index(before)],
            };
            const args: ConnectionArguments = {
              ...(direction && { [direction]: size }),
              after: cursors[index(after)],
              before: cursors[index(before)],
            };
            const { page, totalCount } = await pageChats(fake, args, OPTIONS);
            expect(factsOf(page)).toEqual(relay(list, orderOfChats, oracle));
            expect(totalCount).toBe(list.length);
          }
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 200) },
    );
  });
});
