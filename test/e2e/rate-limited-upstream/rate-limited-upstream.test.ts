import { expect, test } from 'vitest';
import { startGatewayOverSandbox } from '../support/gateway-over-sandbox.ts';
import { anInbox, INBOX, type InboxData, titleOf, writeTo } from '../support/inbox.ts';

const limited = { errors: [{ extensions: { code: 'UPSTREAM_RATE_LIMITED' } }] };

test('a 429 holds back every call of the gateway’s token until Retry-After, and then all go', async () => {
  await using started = await startGatewayOverSandbox({}, { dataset: anInbox(12) });
  const { gateway, sandbox, query, metric } = started;
  sandbox.setFaults([{ endpoint: 'chat', chatId: 'c1', status: 429, retryAfter: 2, times: 1 }]);
  const began = performance.now();
  const told = query(titleOf('c1'));
  await gateway.logged({ msg: 'Texter asked to wait' });
  const callers = Promise.all([
    ...Array.from({ length: 10 }, (_, index) => query(titleOf(`c${index + 2}`))),
    query('{ chats(first: 1) { totalCount } }'),
    query(writeTo('c12')),
  ]);
  // Whoever asks once the pause is known is kept back by it, whatever they ask for.
  await sandbox.received(2);
  expect(performance.now() - began).toBeGreaterThan(1990);
  const answers = [await told, ...(await callers)];
  expect(answers.map(({ errors }) => errors)).toEqual(Array(13).fill(undefined));
  expect(sandbox.requests).toHaveLength(14);
  const [first, ...rest] = sandbox.requests;
  expect(first?.status).toBe(429);
  expect(rest.every(({ status }) => status === 200)).toBe(true);
  expect(await metric('texter_gateway_upstream_requests_total{endpoint="chat",status="429"}')).toBe(1);
});

test('who cannot wait that long is told at once how long it would be', async () => {
  await using started = await startGatewayOverSandbox({}, { dataset: anInbox(3) });
  const { sandbox, query } = started;
  sandbox.setFaults([{ endpoint: 'search', status: 429, retryAfter: 30 }]);
  for (const document of [INBOX, titleOf('c1'), writeTo('c1')]) {
    const { errors = [] } = await query(document);
    expect({ errors }).toMatchObject(limited);
    const retryAfter = Number(errors[0]?.extensions.retryAfter);
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(30);
    // Nothing was sent, so nothing may have been applied.
    expect(errors[0]?.extensions).not.toHaveProperty('applied');
  }
  expect(sandbox.requests).toHaveLength(1);
});

test('a pause amid an operation leaves what was read', async () => {
  await using started = await startGatewayOverSandbox({ UPSTREAM_CONCURRENCY: '1' }, { dataset: anInbox(4) });
  const { sandbox, query } = started;
  sandbox.setFaults([{ endpoint: 'chat', chatId: 'c3', status: 429, retryAfter: 30 }]);
  const { data, errors } = await query<InboxData>(INBOX);
  expect(data.chats.nodes.map(({ lastMessage }) => lastMessage?.text)).toEqual([
    'c1',
    'c2',
    undefined,
    undefined,
  ]);
  expect(errors?.map(({ path }) => path?.[2]).sort()).toEqual([2, 3]);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array(2).fill('UPSTREAM_RATE_LIMITED'));
});

test('callers who bring another token are not held back', async () => {
  await using started = await startGatewayOverSandbox(
    { AUTH_MODE: 'passthrough' },
    { tokens: { mine: { dataset: anInbox(1) }, theirs: { dataset: anInbox(1) } } },
  );
  const { sandbox, query } = started;
  const as = (token: string) => query(titleOf('c1'), { headers: { authorization: `Bearer ${token}` } });
  sandbox.setFaults([{ status: 429, retryAfter: 30, times: 1 }]);
  expect(await as('mine')).toMatchObject(limited);
  expect(await as('theirs')).toMatchObject({ data: { chat: { title: 'Contact c1' } }, errors: undefined });
  expect(await as('mine')).toMatchObject(limited);
  expect(sandbox.requests).toHaveLength(2);
});
