import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConnectionArguments } from '../../../src/paging/arguments.ts';
import { type ChatPage, pageChats } from '../../../src/paging/chats.ts';
import { type FakeChat, FakeChats, orderOfChats } from './support/fake-chats.ts';
import { idOf, pageChoice } from './support/message-arbitraries.ts';
import { factsOf, relay } from './support/relay.ts';
import { runs } from './support/runs.ts';

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
          const fake = new FakeChats(chats, { ties });
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
      runs(200),
    );
  });
});

/** What happens to a chat of the list; `join`: another one comes into the filter, of the same time as it. */
const move = fc.record({
  kind: fc.constantFrom('message', 'drop', 'join', 'new'),
  victim: fc.double({ min: 0, max: 0.999, noNaN: true }),
});

type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

/** A list that others change: chats get messages and jump to the top, drop out of the filter, come into it. */
class MovingChats {
  readonly fake: FakeChats;
  readonly #unchanged: Set<string>;
  #now: number;
  #count = 0;

  constructor(chats: readonly FakeChat[], ties: 'stable' | 'random') {
    this.fake = new FakeChats(chats, { ties });
    this.#unchanged = new Set(chats.map(({ _id }) => _id));
    this.#now = START + 1e9;
  }

  get unchanged(): string[] {
    return [...this.#unchanged].sort();
  }

  apply({ kind, victim }: Move): void {
    this.#now += 1;
    this.#count += 1;
    const { all } = this.fake;
    const chat = all[Math.floor(victim * all.length)];
    const come = { _id: `${this.#count % 10}new${this.#count}`, last_message_timestamp: this.#now };
    if (chat !== undefined && (kind === 'message' || kind === 'drop')) this.#unchanged.delete(chat._id);
    if (chat === undefined || kind === 'new') this.fake.set(come);
    else if (kind === 'join') this.fake.set({ ...chat, _id: come._id });
    else if (kind === 'drop') this.fake.delete(chat._id);
    else this.fake.set({ ...chat, last_message_timestamp: this.#now });
  }
}

describe('a list that moves', () => {
  test.each(['first', 'last'] as const)(
    'delivers each unchanged chat exactly once to a walk by %s',
    async (direction) => {
      await fc.assert(
        fc.asyncProperty(
          chats,
          fc.constantFrom('stable', 'random'),
          fc.integer({ min: 1, max: 20 }),
          fc.array(fc.array(move, { maxLength: 8 }), { maxLength: 40 }),
          async (chats, ties, size, moves) => {
            const moving = new MovingChats(chats, ties);
            const script = moves.values();
            moving.fake.beforeAnswer = () => {
              for (const move of script.next().value ?? []) moving.apply(move);
            };
            const seen: string[] = [];
            let cursor: string | null = null;
            for (let more = true; more; ) {
              const { page }: ChatPage<FakeChat> = await pageChats(
                moving.fake,
                direction === 'first' ? { first: size, after: cursor } : { last: size, before: cursor },
                OPTIONS,
              );
              seen.push(...page.nodes.map(({ _id }) => _id));
              more = direction === 'first' ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage;
              cursor = direction === 'first' ? page.pageInfo.endCursor : page.pageInfo.startCursor;
            }
            const unchanged = new Set(moving.unchanged);
            expect(seen.filter((id) => unchanged.has(id)).sort()).toEqual(moving.unchanged);
          },
        ),
        runs(200),
      );
    },
  );
});
