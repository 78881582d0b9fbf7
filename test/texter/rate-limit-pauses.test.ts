import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WireStatus } from '../../src/texter/call.ts';
import type { Flight } from '../../src/texter/flight.ts';
import { RateLimitPauses } from '../../src/texter/rate-limit-pauses.ts';
import { aCall, aCaller } from './support/calls.ts';

const credential = createHash('sha256').update('t').digest('hex');
const HOUR_MS = 3_600_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function outcome(status: WireStatus, retryAfter?: string) {
  return { status, body: '', retryAfter };
}

/** Waits for the call's turn and sends it, as an attempt does; the name is written down when it is sent. */
async function send(pauses: RateLimitPauses, call: Flight<unknown>, order: string[], name: string) {
  while (!call.cancelled && pauses.blocks(call)) await pauses.wait(call);
  if (call.cancelled) return;
  pauses.enter(call);
  order.push(name);
}

test('an hour is cut to a minute, and then one call probes', async () => {
  const pauses = new RateLimitPauses(() => {});
  pauses.begin({ credential, retryAt: Date.now() + HOUR_MS, named: true });
  const order: string[] = [];
  const probe = aCall();
  void send(pauses, probe, order, 'probe');
  void send(pauses, aCall(), order, 'second');
  await vi.advanceTimersByTimeAsync(59_999);
  expect(order).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(order).toEqual(['probe']);
  pauses.record(probe, outcome(200));
  await vi.advanceTimersByTimeAsync(0);
  expect(order).toEqual(['probe', 'second']);
  expect(pauses.blocks(aCall())).toBe(false);
});

test('a probe that is answered 429 begins another minute', async () => {
  const told: number[] = [];
  const pauses = new RateLimitPauses(({ retryAt }) => told.push(retryAt - Date.now()));
  pauses.begin({ credential, retryAt: Date.now() + HOUR_MS, named: true });
  const order: string[] = [];
  const probe = aCall();
  void send(pauses, probe, order, 'probe');
  void send(pauses, aCall(), order, 'second');
  await vi.advanceTimersByTimeAsync(60_000);
  pauses.record(probe, outcome(429, '3600'));
  await vi.advanceTimersByTimeAsync(59_999);
  expect(order).toEqual(['probe']);
  await vi.advanceTimersByTimeAsync(1);
  expect(order).toEqual(['probe', 'second']);
  expect(told).toEqual([HOUR_MS]);
});

test.each<WireStatus>(['timeout', 'broken', 'aborted'])(
  'after a probe that ends by %s another one goes',
  async (status) => {
    const pauses = new RateLimitPauses(() => {});
    pauses.begin({ credential, retryAt: Date.now() + 1000, named: false });
    const order: string[] = [];
    const probe = aCall();
    void send(pauses, probe, order, 'probe');
    void send(pauses, aCall(), order, 'second');
    void send(pauses, aCall(), order, 'third');
    await vi.advanceTimersByTimeAsync(1000);
    pauses.record(probe, outcome(status));
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['probe', 'second']);
  },
);

test('the end that Texter named lets all go', async () => {
  const pauses = new RateLimitPauses(() => {});
  pauses.begin({ credential, retryAt: Date.now() + 5000, named: true });
  const order: string[] = [];
  for (const name of ['a', 'b', 'c']) void send(pauses, aCall(), order, name);
  await vi.advanceTimersByTimeAsync(5000);
  expect(order).toEqual(['a', 'b', 'c']);
});

test('a pause can be prolonged but not shortened', async () => {
  const pauses = new RateLimitPauses(() => {});
  const order: string[] = [];
  pauses.begin({ credential, retryAt: Date.now() + 2000, named: true });
  void send(pauses, aCall(), order, 'a');
  pauses.begin({ credential, retryAt: Date.now() + 5000, named: true });
  pauses.begin({ credential, retryAt: Date.now() + 1000, named: true });
  await vi.advanceTimersByTimeAsync(4999);
  expect(order).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(order).toEqual(['a']);
});

test('calls that were under way together are told the same, and it is told on once', async () => {
  const told: unknown[] = [];
  const pauses = new RateLimitPauses((pause) => told.push(pause));
  const retryAt = Date.now() + 5000;
  for (let i = 0; i < 10; i++) pauses.record(aCall(), outcome(429, '5'));
  expect(told).toEqual([{ credential, retryAt, named: true }]);
});

test('one that waited, and has no time for the longer pause, is refused when it is prolonged', async () => {
  const pauses = new RateLimitPauses(() => {});
  pauses.begin({ credential, retryAt: Date.now() + 2000, named: true });
  const caller = aCaller({ deadline: Date.now() + 3000 });
  const call = aCall(caller);
  void send(pauses, call, [], 'a');
  pauses.begin({ credential, retryAt: Date.now() + 30_000, named: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(caller.onError.mock.calls).toEqual([
    [expect.objectContaining({ kind: 'rate-limited', retryAfter: 30 })],
  ]);
  expect(call.cancelled).toBe(true);
});

test('a pause that nobody waits for leaves nothing behind', async () => {
  const pauses = new RateLimitPauses(() => {});
  for (const named of [true, false]) {
    pauses.begin({ credential, retryAt: Date.now() + 1000, named });
    await vi.advanceTimersByTimeAsync(1000);
    expect(pauses.blocks(aCall())).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  }
});
