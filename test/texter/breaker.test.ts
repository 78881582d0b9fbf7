import { expect, test } from 'vitest';
import { Breaker, type BreakerState } from '../../src/texter/breaker.ts';
import type { WireStatus } from '../../src/texter/call.ts';
import { aCall } from './support/calls.ts';

interface Bench {
  readonly breaker: Breaker;
  readonly states: BreakerState[];
  /** Lets a call through and ends it. */
  call(status: WireStatus, now: number): void;
}

function setUp(): Bench {
  const states: BreakerState[] = [];
  const breaker = new Breaker({}, (state) => states.push(state));
  return {
    breaker,
    states,
    call(status, now) {
      expect(breaker.refuses(now)).toBe(false);
      const call = aCall();
      breaker.enter(call);
      breaker.record(call, status, now);
    },
  };
}

function opened(at: number): Bench {
  const bench = setUp();
  for (let i = 0; i < 20; i++) bench.call(503, at);
  return bench;
}

test.each<WireStatus>([500, 503, 599, 'timeout', 'broken'])('20 calls that end with %s open it', (status) => {
  const { breaker, states, call } = setUp();
  for (let i = 0; i < 19; i++) call(status, 1000);
  expect(breaker.refuses(1000)).toBe(false);
  call(status, 1000);
  expect(breaker.refuses(1000)).toBe(true);
  expect(states).toEqual(['open']);
});

test.each<WireStatus>([200, 400, 401, 404, 429, 'aborted'])('calls that end with %s do not', (status) => {
  const { states, call } = setUp();
  for (let i = 0; i < 100; i++) call(status, 1000);
  expect(states).toEqual([]);
});

test('exactly half failed opens it, less does not', () => {
  const { states, call } = setUp();
  for (let i = 0; i < 11; i++) call(200, 1000);
  for (let i = 0; i < 10; i++) call(500, 1000);
  expect(states).toEqual([]);
  call(500, 1000);
  expect(states).toEqual(['open']);
});

test('failures older than the window do not count', () => {
  const { states, call } = setUp();
  for (let i = 0; i < 19; i++) call('broken', 1000);
  for (let i = 0; i < 19; i++) call('broken', 13_000);
  expect(states).toEqual([]);
});

test('one probe after 5 s closes it, and it counts anew', () => {
  const { breaker, states, call } = opened(1000);
  expect(breaker.refuses(5999)).toBe(true);
  const probe = aCall();
  expect(breaker.refuses(6000)).toBe(false);
  breaker.enter(probe);
  expect(breaker.refuses(6000)).toBe(true);
  breaker.record(probe, 404, 6100);
  expect(states).toEqual(['open', 'half-open', 'closed']);
  for (let i = 0; i < 19; i++) call(500, 6200);
  expect(breaker.refuses(6200)).toBe(false);
});

test('the wait for a probe doubles up to a minute', () => {
  const { breaker, call } = opened(0);
  const waits = [5000, 10_000, 20_000, 40_000, 60_000, 60_000];
  let now = 0;
  for (const wait of waits) {
    expect(breaker.refuses(now + wait - 1)).toBe(true);
    now += wait;
    call('timeout', now);
  }
});

test('a probe that was given up says nothing: the next call probes', () => {
  const { states, call } = opened(0);
  call('aborted', 5000);
  expect(states).toEqual(['open', 'half-open']);
  call(200, 5000);
  expect(states).toEqual(['open', 'half-open', 'closed']);
});

test('calls sent before it opened do not move it', () => {
  const { breaker, states, call } = setUp();
  const early = Array.from({ length: 30 }, aCall);
  for (const one of early) breaker.enter(one);
  for (let i = 0; i < 20; i++) call(500, 0);
  for (const one of early) breaker.record(one, 200, 4000);
  expect(states).toEqual(['open']);
  expect(breaker.refuses(4999)).toBe(true);
});
