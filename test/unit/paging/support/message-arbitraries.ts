import fc from 'fast-check';
import type { MessageRow } from '../../../../src/paging/message-source.ts';
import type { MessageBehaviour } from './fake-messages.ts';

const START = 1_700_000_000_000;

/** Messages that come at once: of one ms, one bot session, the first of them perhaps a system message. */
const volley = fc.record({
  /** Ms since the volley before; none makes one group of the two. */
  gap: fc.constantFrom(1, 0, 2, 1000, 60_000, 86_400_000, 31_536_000_000),
  count: fc.oneof(
    { weight: 6, arbitrary: fc.constant(1) },
    { weight: 3, arbitrary: fc.integer({ min: 2, max: 12 }) },
    { weight: 1, arbitrary: fc.integer({ min: 13, max: 110 }) },
  ),
  botSessionId: fc.constantFrom('a', 'a', 'a', 'b', null),
  hasSystem: fc.nat({ max: 9 }).map((roll) => roll === 9),
});

/** A chat, oldest first by time, whole-second ties and all. Ids are in no order, so that ties are not in order of arrival. */
export function chat(maxLength: number): fc.Arbitrary<MessageRow[]> {
  return fc.array(volley, { maxLength: 60, size: 'max' }).map((volleys) => {
    let timestamp = START;
    const messages = volleys.flatMap(({ gap, count, botSessionId, hasSystem }) => {
      timestamp += gap;
      return Array.from({ length: count }, (_, index) => ({
        timestamp,
        botSessionId,
        systemMessage: hasSystem && index === 0,
      }));
    });
    return messages.slice(0, maxLength).map((message, index) => ({ _id: idOf(index), ...message }));
  });
}

/** Distinct, of an ObjectId's shape, and scattered. */
export function idOf(index: number): string {
  return (((index + 1) * 7_919) % 1_000_003).toString(16).padStart(24, '0');
}

export const cap = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 10, max: 60 }));
export const largestLimit = fc.constantFrom(Number.POSITIVE_INFINITY, 50, 51, 60, 100, 200);
export const ties = fc.constantFrom<MessageBehaviour['ties']>('id', 'id-desc', 'random');

export const behaviour: fc.Arbitrary<MessageBehaviour> = fc.record({
  ties,
  cap,
  largestLimit,
  sessionPair: fc.constantFrom('honoured', 'ignored'),
  sessionCut: fc.constantFrom('newest', 'oldest'),
  sessionSystem: fc.constantFrom('kept', 'dropped'),
});

/** A direction and a size, or neither. */
export const size = fc.oneof(fc.nat({ max: 12 }), fc.constantFrom(13, 30, 49, 50, 51, 99, 100));

export interface PageChoice {
  readonly direction: 'first' | 'last' | undefined;
  readonly size: number;
  /** Where in the chat the cursors stand, as parts of its length. */
  readonly after: number | undefined;
  readonly before: number | undefined;
}

const place = fc.option(fc.double({ min: 0, max: 0.999, noNaN: true }), { nil: undefined, freq: 1 });

export const pageChoice: fc.Arbitrary<PageChoice> = fc.record({
  direction: fc.constantFrom('first', 'last', undefined),
  size,
  after: place,
  before: place,
});
