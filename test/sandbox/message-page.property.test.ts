import fc from 'fast-check';
import { test } from 'vitest';
import { behaviourSchema } from '../../src/sandbox/behaviour.ts';
import { listThread } from '../../src/sandbox/data/thread.ts';
import { Random } from '../../src/sandbox/random.ts';
import { getMessages } from '../../src/sandbox/rest/get-messages.ts';
import type { Message } from '../../src/sandbox/rest/message.ts';
import { aMessage } from '../support/sandbox.ts';

// The window that a page is cut from is small and follows ties; this holds it to the rule in its plainest form.

const messages = fc
  .array(fc.record({ time: fc.integer({ min: 0, max: 6 }), session: fc.boolean() }), { maxLength: 40 })
  .chain((list) =>
    fc
      .shuffledSubarray(Array.from(list.keys()), { minLength: list.length })
      .map((order) =>
        list.map(({ time, session }, index) =>
          aMessage(`id${String(order[index]).padStart(2, '0')}`, time, session ? { botSessionId: 's' } : {}),
        ),
      ),
  );

test('a page is the newest `limit` at or before the cursor, without one id', () => {
  fc.assert(
    fc.property(
      messages,
      fc.record({
        tieOrder: fc.constantFrom('insertion', 'id', 'id-desc'),
        messageLimitCap: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
        sessionLimit: fc.constantFrom('newest', 'oldest'),
      }),
      fc.record({
        limit: fc.integer({ min: 0, max: 45 }),
        beforeTime: fc.integer({ min: 0, max: 7 }),
        beforeId: fc.integer({ min: 0, max: 41 }).map((number) => `id${String(number).padStart(2, '0')}`),
        botSessionId: fc.option(fc.constant('s'), { nil: undefined }),
      }),
      (list, switches, query) => {
        const behaviour = behaviourSchema.parse(switches);
        const page = getMessages(listThread(list), query, behaviour, new Random(1)).messages;
        return ids(page) === ids(expected(list, query, behaviour));
      },
    ),
    { numRuns: 1000 },
  );
});

function expected(
  list: readonly Message[],
  query: { limit: number; beforeTime: number; beforeId: string; botSessionId: string | undefined },
  behaviour: { tieOrder: string; messageLimitCap?: number | undefined; sessionLimit: string },
): readonly Message[] {
  const left = list
    .map((message, index) => ({ message, index }))
    .toSorted((a, b) => {
      const byId = a.message._id < b.message._id ? -1 : 1;
      const tie = { insertion: a.index - b.index, id: byId, 'id-desc': -byId }[behaviour.tieOrder] ?? 0;
      return a.message.timestamp - b.message.timestamp || tie;
    })
    .map(({ message }) => message)
    .filter(({ timestamp, _id }) => timestamp <= query.beforeTime && _id !== query.beforeId)
    .filter(({ botSessionId }) => query.botSessionId === undefined || botSessionId === query.botSessionId);
  const limit = Math.min(query.limit, behaviour.messageLimitCap ?? query.limit);
  const oldest = query.botSessionId !== undefined && behaviour.sessionLimit === 'oldest';
  return oldest ? left.slice(0, limit) : left.slice(left.length - Math.min(limit, left.length));
}

function ids(list: readonly Message[]): string {
  return list.map(({ _id }) => _id).join(' ');
}
