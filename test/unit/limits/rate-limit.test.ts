import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GatewayError } from '../../../src/errors.ts';
import { createRateLimit, type RateLimit } from '../../../src/limits/rate-limit.ts';

const log = pino({ level: 'silent' });
let limit: RateLimit;

beforeEach(async () => {
  vi.useFakeTimers();
  const created = await createRateLimit({ costPerMinute: 10, redisUrl: undefined }, log);
  if (created === undefined) throw new Error('the limit is off');
  limit = created;
});
afterEach(() => {
  vi.useRealTimers();
});

/** Undefined for points that were taken, else how many seconds the caller is told to wait. */
async function take(caller: string, points: number): Promise<unknown> {
  try {
    await limit.take(caller, points);
    return undefined;
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'RATE_LIMITED') throw error;
    return error.extensions.retryAfter;
  }
}

describe('a rate limit', () => {
  test('is off at 0', async () => {
    expect(await createRateLimit({ costPerMinute: 0, redisUrl: undefined }, log)).toBeUndefined();
  });

  test('lets a caller spend its points, and no more, until the minute is over', async () => {
    expect(await take('a', 7)).toBeUndefined();
    expect(await take('a', 3)).toBeUndefined();
    expect(await take('a', 1)).toBe(60);
    vi.advanceTimersByTime(45_500);
    expect(await take('a', 1)).toBe(15);
    vi.advanceTimersByTime(14_500);
    expect(await take('a', 10)).toBeUndefined();
  });

  test('is each caller’s own', async () => {
    expect(await take('a', 10)).toBeUndefined();
    expect(await take('b', 10)).toBeUndefined();
    expect(await take('a', 1)).toBe(60);
  });

  test('does not count what it refuses', async () => {
    expect(await take('a', 6)).toBeUndefined();
    expect(await take('a', 1000)).toBe(60);
    expect(await take('a', 4)).toBeUndefined();
    expect(await take('a', 1)).toBe(60);
  });

  // It was told to come again, for ever.
  test('says of what costs more than a whole minute that it can never run', async () => {
    await expect(limit.take('a', 11)).rejects.toThrow('can never run');
    await limit.take('a', 1);
    await expect(limit.take('a', 10)).rejects.toThrow('more come in 60 s');
  });

  test('takes back what was not used', async () => {
    const taken = await limit.take('a', 10);
    taken.giveBack(4);
    expect(await take('a', 5)).toBe(60);
    expect(await take('a', 4)).toBeUndefined();
  });

  test('takes nothing back for what cost more than its estimate', async () => {
    const taken = await limit.take('a', 5);
    taken.giveBack(-3);
    expect(await take('a', 5)).toBeUndefined();
  });

  test('carries nothing into the next minute', async () => {
    const taken = await limit.take('a', 10);
    vi.advanceTimersByTime(60_000);
    taken.giveBack(10);
    expect(await take('a', 11)).toBe(60);
    expect(await take('a', 10)).toBeUndefined();
    expect(await take('a', 1)).toBe(60);
  });

  test('says over HTTP when to come again', async () => {
    await take('a', 10);
    const refused = await limit.take('a', 1).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      extensions: { retryAfter: 60, http: { status: 429, headers: { 'retry-after': '60' } } },
    });
  });
});
