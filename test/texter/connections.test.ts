import { Client } from 'undici';
import { expect, test, vi } from 'vitest';
import { Connections } from '../../src/texter/connections.ts';

const clients = (count: number) => Array.from({ length: count }, () => new Client('http://127.0.0.1:9'));

test('the connection that was used last is used next, and one whose call failed last of all', () => {
  const connections = new Connections(clients(3));
  const [one, other, third] = [connections.take(), connections.take(), connections.take()];
  expect(new Set([one, other, third]).size).toBe(3);
  connections.giveBack(one, true);
  connections.giveBack(other, false);
  connections.giveBack(third, true);
  expect([connections.take(), connections.take(), connections.take()]).toEqual([third, one, other]);
});

test('no connection ever has two calls', () => {
  const connections = new Connections(clients(1));
  connections.take();
  expect(() => connections.take()).toThrow(RangeError);
});

test('whatever reaches Texter in its own way is ended once', async () => {
  const [client] = clients(1);
  if (client === undefined) throw new Error();
  const destroy = vi.spyOn(client, 'destroy');
  await new Connections([client, client]).destroy();
  // undici calls it once more itself, with what is to be called when it is done.
  expect(destroy.mock.calls.filter(({ length }) => length === 0)).toHaveLength(1);
  expect(client.destroyed).toBe(true);
});
