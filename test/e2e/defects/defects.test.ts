import { expect, test } from 'vitest';
import { COMMAND, startGatewayProcess } from '../../support/process.ts';

// A defect of the gateway, made by breaking in the started process what its global ids are written with.

const SABOTAGE = `
  const { toString } = Buffer.prototype;
  Buffer.prototype.toString = function (...args) {
    if (args[0] === 'base64url') throw new TypeError('planted-defect');
    return toString.apply(this, args);
  };
`;

test('is an INTERNAL_SERVER_ERROR that names the request, whose log entry has the rest', async () => {
  const preload = `data:text/javascript,${encodeURIComponent(SABOTAGE)}`;
  await using gateway = await startGatewayProcess(
    {},
    { command: [process.execPath, '--import', preload, ...COMMAND] },
  );
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'defect-1' },
    body: JSON.stringify({ query: '{ chats(first: 1) { totalCount nodes { id } } }' }),
  });
  const text = await answer.text();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-request-id')).toBe('defect-1');
  expect(JSON.parse(text).errors).toMatchObject([
    {
      path: ['chats', 'nodes', 0, 'id'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'defect-1' },
    },
  ]);
  expect(text).not.toMatch(/planted-defect|TypeError|\.[jt]s:\d+/);

  const entry = await gateway.logged({ level: 'error', requestId: 'defect-1' });
  expect(entry.err).toMatchObject({ message: 'planted-defect', stack: expect.stringContaining(' at ') });
  // The process goes on.
  expect((await fetch(new URL('/health', gateway.url))).status).toBe(200);
});
