import { expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, aMessage, callSandbox } from '../support/sandbox.ts';

// Facts of the documentation page "Authentication".

const paths = {
  'Send session message': ['GET', '/chats/c1'],
  'List all chats': ['GET', '/chats/search'],
  'View all chats': ['GET', '/messages/chat/c1?botSessionId=a'],
  'Manage all chats': ['POST', '/chats/c1/crm-data'],
} as const;
const scopes = ['Send session message', 'List all chats', 'View all chats', 'Manage all chats'] as const;

test.each([undefined, 'Bearer wrong', 'sandbox-token', 'Basic sandbox-token', 'Bearer'])(
  'authorization %j is 401',
  async (authorization) => {
    await using sandbox = await startSandbox({ dataset: [aChat('c1')] });
    const response = await fetch(`${sandbox.url}/chats/c1`, {
      headers: authorization ? { authorization } : {},
    });
    expect(response.status).toBe(401);
  },
);

test.each(scopes)('without the scope "%s" its endpoint alone is 403', async (missing) => {
  const tokens = { limited: { scopes: scopes.filter((scope) => scope !== missing) } };
  await using sandbox = await startSandbox({ dataset: [aChat('c1')], tokens });
  for (const scope of scopes) {
    const [method, path] = paths[scope];
    const response = await callSandbox(sandbox, path, {
      method,
      headers: { authorization: 'Bearer limited' },
    });
    expect(response.status).toBe(scope === missing ? 403 : 200);
  }
});

test('tokens with chats of their own see no others, and writes stay apart', async () => {
  const own = [aChat('c1', { title: 'theirs' }, [aMessage('m1', 1)])];
  const dataset = [aChat('c1', { title: 'ours' }, [aMessage('m1', 1)])];
  await using sandbox = await startSandbox({ dataset, tokens: { a: {}, b: { dataset: own } } });
  const title = async (token: string) => {
    const response = await callSandbox(sandbox, '/chats/c1', {
      headers: { authorization: `Bearer ${token}` },
    });
    return (await response.json()).title;
  };
  expect([await title('a'), await title('b')]).toEqual(['ours', 'theirs']);
  sandbox.storeOf('b').updateChat('c1', (chat) => ({ ...chat, title: 'changed' }));
  expect([await title('a'), await title('b')]).toEqual(['ours', 'changed']);
  expect(() => sandbox.storeOf('c')).toThrow('does not know this token');
});
