import { expect, it } from 'vitest';
import { GatewayError } from '../../../src/errors.ts';
import { drain } from '../../../src/http/drain.ts';
import { Lifecycle } from '../../../src/http/lifecycle.ts';
import type { LeaveSignal } from '../../../src/leave-signal.ts';
import { codeOf, send, startEdge } from './edge.ts';

/** An executor that waits for its signal and then says so, as the gateway's does. */
const untilAborted = async ({ signal }: { signal: LeaveSignal }) => {
  await new Promise<void>((resolve) => signal.addEventListener('abort', resolve));
  return { data: { hello: null }, errors: [new GatewayError('OPERATION_TIMEOUT', 'It was cut off.')] };
};

it('says at /ready that it drains, serves on, and closes connections after their answers', async () => {
  await using edge = await startEdge();
  expect((await send(edge, { method: 'GET', path: '/ready' })).status).toBe(200);
  edge.lifecycle.drain();
  const ready = await send(edge, { method: 'GET', path: '/ready' });
  expect([ready.status, ready.text]).toEqual([503, '{"status":"draining"}']);
  expect((await send(edge, { method: 'GET', path: '/health' })).status).toBe(200);
  expect(await send(edge)).toMatchObject({ status: 200, headers: { connection: 'close' } });
});

it('is over at once when nothing is under way', async () => {
  expect(await drain(new Lifecycle(), { graceMs: 2 ** 31 - 1, delayMs: 0 })).toBe(true);
});

it('waits for what is under way, and for what comes meanwhile', async () => {
  const gates: (() => void)[] = [];
  await using edge = await startEdge({
    execute: () => new Promise((resolve) => gates.push(() => resolve({ data: null }))),
  });
  const first = send(edge);
  while (gates.length < 1) await new Promise(setImmediate);
  const drained = drain(edge.lifecycle, { graceMs: 2 ** 31 - 1, delayMs: 0 });
  const second = send(edge);
  while (gates.length < 2) await new Promise(setImmediate);
  gates[0]?.();
  expect((await first).status).toBe(200);
  expect(edge.lifecycle.size).toBe(1);
  gates[1]?.();
  expect((await second).status).toBe(200);
  expect(await drained).toBe(true);
});

it('waits for a request that came in the turn in which the last one ended', async () => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  await using edge = await startEdge({
    // As if the answer that the first one waits for had been read just before.
    onRequest: ({ headers }) => void ('x-second' in headers && setImmediate(end)),
    execute: async () => {
      await ended;
      return { data: null };
    },
  });
  const first = send(edge);
  while (edge.executed.length < 1) await new Promise(setImmediate);
  const drained = drain(edge.lifecycle, { graceMs: 2 ** 31 - 1, delayMs: 0 });
  const second = send(edge, { headers: { 'x-second': '1' } });
  await drained;
  expect(edge.executed.length).toBe(2);
  expect([(await first).status, (await second).status]).toEqual([200, 200]);
});

it('cuts off what is under way when the grace is over, delay or not', async () => {
  await using edge = await startEdge({ execute: untilAborted });
  const answer = send(edge);
  while (edge.executed.length < 1) await new Promise(setImmediate);
  expect(await drain(edge.lifecycle, { graceMs: 20, delayMs: 2 ** 31 - 1 })).toBe(false);
  expect((await answer).status).toBe(200);
  expect(codeOf(await answer)).toBe('OPERATION_TIMEOUT');
});

it('answers for an operation that does not end even then', async () => {
  await using edge = await startEdge({ execute: () => new Promise(() => {}) });
  const answer = send(edge, { headers: { accept: 'application/graphql-response+json' } });
  while (edge.executed.length < 1) await new Promise(setImmediate);
  expect(await drain(edge.lifecycle, { graceMs: 20, delayMs: 0 })).toBe(false);
  expect(JSON.parse((await answer).text)).toMatchObject({ data: null });
  expect(codeOf(await answer)).toBe('OPERATION_TIMEOUT');
});
