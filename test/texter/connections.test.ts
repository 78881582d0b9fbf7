import { Client } from 'undici';
import { expect, test, vi } from 'vitest';
import { Connections } from '../../src/texter/connections.ts';

const open = () => new Client('http://127.0.0.1:9');

test('the connection that was used last is used next', () => {
  const connections = new Connections(3, open);
  const [one, other, third] = [connections.take(), connections.take(), connections.take()];
  expect(new Set([one, other, third]).size).toBe(3);
  for (const given of [one, third, other]) connections.giveBack(given);
  expect([connections.take(), connections.take(), connections.take()]).toEqual([other, third, one]);
});

test('one whose call failed is used no more, and what takes its place is used last', async () => {
  const opened: Client[] = [];
  const connections = new Connections(2, () => {
    opened.push(open());
    return opened.at(-1) ?? open();
  });
  const [one, other] = [connections.take(), connections.take()];
  connections.giveBack(one);
  connections.replace(other);
  expect([connections.take(), connections.take()]).toEqual([one, opened[2]]);
  await Promise.resolve();
  expect(opened.map(({ destroyed }) => destroyed)).toEqual(opened.map((client) => client === other));
});

test('no connection ever has two calls', () => {
  const connections = new Connections(1, open);
  connections.take();
  expect(() => connections.take()).toThrow(RangeError);
});

test('whatever reaches Texter in its own way is never replaced, and ended once', async () => {
  const client = open();
  const connections = new Connections(2, () => client);
  connections.replace(connections.take());
  await Promise.resolve();
  expect(client.destroyed).toBe(false);

  const destroy = vi.spyOn(client, 'destroy');
  await connections.destroy();
  // undici calls it once more itself, with what is to be called when it is done.
  expect(destroy.mock.calls.filter(({ length }) => length === 0)).toHaveLength(1);
  expect(client.destroyed).toBe(true);
});

test('when all are ended, a failed one stays in its place, so that nothing is sent after that', async () => {
  const connections = new Connections(1, open);
  const connection = connections.take();
  await connections.destroy();
  connections.replace(connection);
  expect(connections.take()).toBe(connection);
});
