import type { Message } from '../rest/message.ts';

/**
 * The messages of one chat in order of time, addressed by index, so that a page of a thread of 20 000 messages
 * costs no more than its own messages.
 */
export interface Thread {
  readonly length: number;
  /** Epoch ms of the message at `index`; never falls as the index rises. */
  timeAt(index: number): number;
  /** The messages from index `start` up to but not including `end`. */
  slice(start: number, end: number): readonly Message[];
  /** Every message of one bot session, oldest first. */
  session(botSessionId: string): readonly Message[];
}

/** A thread that is held in memory; messages of one millisecond keep the order in which they are given. */
export function listThread(messages: readonly Message[]): Thread {
  const list = messages.toSorted((a, b) => a.timestamp - b.timestamp);
  return {
    length: list.length,
    timeAt: (index) => list[index]?.timestamp ?? Number.NaN,
    slice: (start, end) => list.slice(start, end),
    session: (botSessionId) => list.filter((message) => message.botSessionId === botSessionId),
  };
}

/** How many messages of the thread are at or before `time` (epoch ms). Binary search. */
export function countUpTo(thread: Thread, time: number): number {
  let low = 0;
  let high = thread.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (thread.timeAt(middle) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The newest message that fits; looks at a few at a time, because some threads make their messages on demand. */
export function findLast(thread: Thread, fits: (message: Message) => boolean): Message | undefined {
  const STEP = 8;
  for (let end = thread.length; end > 0; end -= STEP) {
    const found = thread.slice(Math.max(0, end - STEP), end).findLast(fits);
    if (found) return found;
  }
  return undefined;
}
