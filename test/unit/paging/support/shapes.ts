import type { MessageRow } from '../../../../src/paging/message-source.ts';

const LENGTH = 100_000;
const START = 1_600_000_000_000;
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** A random number generator that gives the same numbers in every run (Park and Miller). */
function numbers(): () => number {
  let state = 7;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Times that follow one another at random distances. */
function walk(next: (random: () => number, time: number) => number): number[] {
  const random = numbers();
  let time = START;
  return Array.from({ length: LENGTH }, () => {
    time = Math.floor(next(random, time));
    return time;
  });
}

const wait = (random: () => number, mean: number) => 1 - Math.log(1 - random()) * mean;

/** Times of 100 000 messages: chats like people's, and densities made to mislead a search. */
export const SHAPES: Readonly<Record<string, () => number[]>> = {
  'one a minute': () => Array.from({ length: LENGTH }, (_, index) => START + index * 60 * SECOND),
  'at random': () => walk((random, time) => time + wait(random, 60 * SECOND)),
  'in whole seconds': () =>
    walk((random, time) => time + wait(random, 3 * SECOND)).map((time) => time - (time % SECOND)),
  'by day only': () =>
    walk((random, time) => {
      const next = time + wait(random, 30 * SECOND);
      return next % DAY > 18 * HOUR ? next + 14 * HOUR : next;
    }),
  'in conversations days apart': () =>
    walk((random, time) => time + wait(random, random() < 0.02 ? 5 * DAY : 20 * SECOND)),
  'all in 100 seconds': () => Array.from({ length: LENGTH }, (_, index) => START + index),
  'ten in each ms': () => Array.from({ length: LENGTH }, (_, index) => START + Math.floor(index / 10) * 40),
  'nearly all in the last minutes': () =>
    Array.from({ length: LENGTH }, (_, index) =>
      index < 50 ? START + index * 20 * DAY : START + 3 * YEAR + index * 10,
    ),
  'nearly all in the first hour': () =>
    Array.from({ length: LENGTH }, (_, index) =>
      index < 99_000 ? START + index * 36 : START + 2 * HOUR + (index - 99_000) * DAY,
    ),
  'a first day, then nothing for a year': () =>
    Array.from({ length: LENGTH }, (_, index) => (index < 30 ? START : START + YEAR) + index * SECOND),
  'one message, then nothing for years, then a burst': () =>
    Array.from({ length: LENGTH }, (_, index) => (index === 0 ? START : START + 3 * YEAR + index * 10)),
  'a burst between two voids': () =>
    Array.from({ length: LENGTH }, (_, index) => {
      if (index < 49) return START + index * SECOND;
      return index < 95_000 ? START + YEAR + index : START + YEAR + 11 * DAY + (index - 95_000) * HOUR;
    }),
  'ever sparser': () =>
    Array.from({ length: LENGTH }, (_, index) => START + index + Math.floor(2 ** ((index * 37) / LENGTH))),
  'ever denser': () =>
    Array.from({ length: LENGTH }, (_, index) => {
      const left = LENGTH - index;
      return START + YEAR * 5 - left - Math.floor(2 ** ((left * 37) / LENGTH));
    }),
  'with gaps of every length': () => walk((random, time) => time + Math.min(random() ** -1.8, 30 * DAY)),
  'in clusters of clusters': () =>
    Array.from({ length: LENGTH }, (_, index) => {
      let place = 0;
      for (let rest = index, digit = 0; digit < 17; digit += 1, rest >>= 1)
        place = place / 5 + (rest & 1) * 0.8;
      return START + Math.floor(place * 3 * YEAR);
    }).sort((a, b) => a - b),
};

export function messagesAt(times: readonly number[]): MessageRow[] {
  return times.map((timestamp, index) => ({ _id: (index + 1).toString(16).padStart(24, '0'), timestamp }));
}
