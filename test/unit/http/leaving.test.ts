import { once } from 'node:events';
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { send, startEdge } from './edge.ts';

/** Resolves when the signal is aborted, with its reason. */
const aborted = async (signal: AbortSignal): Promise<unknown> => {
  if (!signal.aborted) await once(signal, 'abort');
  return signal.reason;
};

it('aborts the operation of a client that leaves', async () => {
  let started: (signal: AbortSignal) => void = () => {};
  const running = new Promise<AbortSignal>((resolve) => {
    started = resolve;
  });
  await using edge = await startEdge({
    execute: async ({ signal }) => {
      started(signal);
      await aborted(signal);
      return { data: null };
    },
  });
  const req = request(edge.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  req.on('error', () => {}).end('{"query":"{ hello }"}');
  const signal = await running;
  expect(edge.lifecycle.size).toBe(1);
  req.destroy();
  expect(await aborted(signal)).toMatchObject({ name: 'AbortError' });
  await edge.lifecycle.idle();
});

it('does not abort what was answered', async () => {
  await using edge = await startEdge();
  await send(edge);
  await edge.lifecycle.idle();
  expect(edge.executed.map(({ signal }) => signal.aborted)).toEqual([false]);
});

it('forgets a client that leaves in the middle of its body', async () => {
  await using edge = await startEdge();
  const req = request(edge.url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  req.on('error', () => {}).write('{"query":');
  while (edge.lifecycle.size === 0) await send(edge, { method: 'GET', path: '/health' });
  req.destroy();
  await edge.lifecycle.idle();
  expect([edge.executed, edge.refusals, edge.defects]).toEqual([[], [], []]);
});
