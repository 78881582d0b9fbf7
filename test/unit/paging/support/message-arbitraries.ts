import fc from 'fast-check';
import type { MessageRow } from '../../../../src/paging/message-source.ts';
import type { MessageBehaviour } from './fake-messages.ts';

const START = 1_700_000_000_000;

/** Ms from one message to the next, where they are not of the same ms. */
const gap = fc.constantFrom(1, 2, 1000, 1000, 60_000, 86_400_000, 31_536_000_000);

export interface ChatShape {
  /** Most messages of a chat. */
  readonly maxLength: number;
  /** Share of sessions and system messages; left out: none. */
  readonly sessions?: boolean;
}

/** A chat, oldest first by time. Ids are in no order, so that ties are not in the order of arrival. */
export function chat({ maxLength, sessions = false }: ChatShape): fc.Arbitrary<MessageRow[]> {
  const message = fc.record({
    gap,
    roll: fc.nat({ max: 99 }),
    botSessionId: sessions ? fc.constantFrom('a', 'a', 'a', 'b', null) : fc.constant(null),
    systemMessage: sessions ? fc.nat({ max: 9 }).map((roll) => roll === 9) : fc.constant(false),
  });
  // How many of a hundred messages share their ms with the one before: from none to nearly all.
  const ties = fc.constantFrom(0, 50, 80, 97);
  return fc.tuple(fc.array(message, { maxLength, size: 'max' }), ties).map(([messages, ties]) => {
    let timestamp = START;
    return messages.map(({ gap, roll, botSessionId, systemMessage }, index) => {
      if (roll >= ties) timestamp += gap;
      return { _id: idOf(index), timestamp, botSessionId, systemMessage };
    });
  });
}

/** Distinct, of an ObjectId's shape, and scattered. */
export function idOf(index: number): string {
  return (((index + 1) * 7_919) % 1_000_003).toString(16).padStart(24, 'f');
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
