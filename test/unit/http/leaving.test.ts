import { type IncomingMessage, request } from 'node:http';
import { expect, it } from 'vitest';
import type { LeaveSignal } from '../../../src/leave-signal.ts';
import { send, startEdge } from './edge.ts';

const aborted = (signal: LeaveSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', resolve);
  });

it('aborts the operation of a client that leaves', async () => {
  let started: (signal: LeaveSignal) => void = () => {};
  const running = new Promise<LeaveSignal>((resolve) => {
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
  await aborted(signal);
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

const breakAtGraphQL = ({ url, socket }: IncomingMessage) => {
  if (url?.startsWith('/graphql')) socket.destroy();
};

it('aborts the operation of a GET whose connection broke in the turn in which it came', async () => {
  await using edge = await startEdge({
    onRequest: breakAtGraphQL,
    execute: async ({ signal }) => {
      await aborted(signal);
      return { data: null };
    },
  });
  const path = '/graphql?query={hello}';
  const get = send(edge, { method: 'GET', path, headers: { 'apollo-require-preflight': '1' } });
  await expect(get).rejects.toThrow();
  while (edge.executed.length === 0) await send(edge, { method: 'GET', path: '/health' });
  await edge.lifecycle.idle();
  expect(edge.executed.map(({ signal }) => signal.aborted)).toEqual([true]);
  expect([edge.refusals, edge.defects]).toEqual([[], []]);
});

it('begins nothing for a POST whose connection broke in the turn in which it came', async () => {
  await using edge = await startEdge({ onRequest: breakAtGraphQL });
  await expect(send(edge)).rejects.toThrow();
  for (let left = 5; left > 0; left -= 1) await send(edge, { method: 'GET', path: '/health' });
  await edge.lifecycle.idle();
  expect([edge.executed, edge.refusals, edge.defects]).toEqual([[], [], []]);
});
