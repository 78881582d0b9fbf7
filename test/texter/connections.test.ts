import { Client, type Dispatcher, errors } from 'undici';
import { expect, test, vi } from 'vitest';
import { Connections } from '../../src/texter/connections.ts';

const URL_OF_NONE = new URL('http://127.0.0.1:9');
const open = () => new Client(URL_OF_NONE);

/** As undici tells that a dispatcher could not connect. */
const fail = (dispatcher: Dispatcher) =>
  dispatcher.emit('connectionError', URL_OF_NONE, [dispatcher], new errors.SocketError());

test('the connection that was used last is used next, and one whose call was given up last of all', () => {
  const connections = new Connections(3, open);
  const [one, other, third] = [connections.take(), connections.take(), connections.take()];
  expect(new Set([one, other, third]).size).toBe(3);
  connections.giveBack(one, true);
  connections.giveBack(other, false);
  connections.giveBack(third, true);
  expect([connections.take(), connections.take(), connections.take()]).toEqual([third, one, other]);
});

test('one that could not connect is used no more', () => {
  const opened: Client[] = [];
  const connections = new Connections(2, () => {
    const client = open();
    opened.push(client);
    return client;
  });
  const [one, other] = [connections.take(), connections.take()];
  fail(other);
  connections.giveBack(one, true);
  connections.giveBack(other, false);
  expect([connections.take(), connections.take()]).toEqual([one, opened[2]]);
  expect(opened).toHaveLength(3);
});

test('no connection ever has two calls', () => {
  const connections = new Connections(1, open);
  connections.take();
  expect(() => connections.take()).toThrow(RangeError);
});

test('whatever reaches Texter in its own way is heard and ended once', async () => {
  const client = open();
  const destroy = vi.spyOn(client, 'destroy');
  const connections = new Connections(20, () => client);
  expect(client.listenerCount('connectionError')).toBe(1);
  fail(client);
  expect(connections.take()).toBe(client);
  expect(client.listenerCount('connectionError')).toBe(1);
  await connections.destroy();
  // undici calls it once more itself, with what is to be called when it is done.
  expect(destroy.mock.calls.filter(({ length }) => length === 0)).toHaveLength(1);
  expect(client.destroyed).toBe(true);
});

test('when all are ended none is opened any more, so that nothing is sent after that', async () => {
  const connections = new Connections(1, open);
  const connection = connections.take();
  fail(connection);
  await connections.destroy();
  connections.giveBack(connection, false);
  expect(connections.take()).toBe(connection);
});
