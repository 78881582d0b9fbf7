import { expect, test } from 'vitest';
import { CHAT_ID, failure, openClient, options, TOKEN, until } from './support/client.ts';
import { startUpstream } from './support/upstream.ts';

test('twenty callers who ask the same at once cost one call', async () => {
  await using upstream = await startUpstream((request) => request.json({ title: 'Dana' }));
  await using client = openClient(upstream.baseUrl);
  let [sent, joined] = [0, 0];
  const counted = { ...options, onSend: () => sent++, onJoin: () => joined++ };
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.getChat(CHAT_ID, counted)));
  expect(answers).toEqual(Array(20).fill({ title: 'Dana' }));
  expect([upstream.requests.length, sent, joined]).toEqual([1, 1, 19]);
});

test('another credential, another path or another query is another call', async () => {
  await using upstream = await startUpstream((request) =>
    request.json({ title: `${request.headers.authorization}${request.path}`, data: [], total: 0 }),
  );
  await using client = openClient(upstream.baseUrl);
  const [mine, theirs] = await Promise.all([
    client.getChat(CHAT_ID, options),
    client.getChat(CHAT_ID, { token: 'theirs' }),
    client.getChat('other', options),
    client.searchChats({ skip: 0 }, options),
    client.searchChats({ skip: 1 }, options),
  ]);
  expect(mine.title).toBe(`Bearer ${TOKEN}/chats/${CHAT_ID}`);
  expect(theirs.title).toBe(`Bearer theirs/chats/${CHAT_ID}`);
  expect(upstream.requests).toHaveLength(5);
});

test('a read that was answered is not joined', async () => {
  await using upstream = await startUpstream((request, index) => request.json({ title: String(index) }));
  await using client = openClient(upstream.baseUrl);
  // Asked again in the very turn in which the first answer arrives.
  const titles = await client
    .getChat(CHAT_ID, options)
    .then((first) => client.getChat(CHAT_ID, options).then((second) => [first.title, second.title]));
  expect(titles).toEqual(['0', '1']);
});

test('each caller takes the answer in for itself; one that fails to fails alone', async () => {
  await using upstream = await startUpstream((request) => request.json({ title: 'Dana' }));
  await using client = openClient(upstream.baseUrl);
  const taken: unknown[] = [];
  const ask = (onAnswer: (answer: unknown, text: string) => void) =>
    client.getChat(CHAT_ID, { ...options, onAnswer });
  const answers = await Promise.allSettled([
    ask((...given) => taken.push(given)),
    ask(() => {
      throw new Error('no room');
    }),
    ask((...given) => taken.push(given)),
  ]);
  expect(answers.map((answer) => ('value' in answer ? answer.value : answer.reason.message))).toEqual([
    { title: 'Dana' },
    'no room',
    { title: 'Dana' },
  ]);
  expect(taken).toEqual(Array(2).fill([{ title: 'Dana' }, '{"title":"Dana"}']));
});

test('one caller who leaves ends its own wait; the others are answered', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl);
  const first = new AbortController();
  const leaving = failure(client.getChat(CHAT_ID, { ...options, signal: first.signal }));
  const staying = client.getChat(CHAT_ID, options);
  await until(() => upstream.requests.length === 1);
  first.abort();
  expect(await leaving).toMatchObject({ kind: 'aborted' });
  upstream.requests[0]?.json({ title: 'Dana' });
  expect(await staying).toEqual({ title: 'Dana' });
});

test('the last one who leaves ends the call, and who comes then starts another', async () => {
  await using upstream = await startUpstream((request, index) => {
    if (index === 1) request.json({ title: 'new' });
  });
  await using client = openClient(upstream.baseUrl);
  const [first, second] = [new AbortController(), new AbortController()];
  const leaving = [first, second].map(({ signal }) =>
    failure(client.getChat(CHAT_ID, { ...options, signal })),
  );
  await until(() => upstream.requests.length === 1);
  first.abort();
  second.abort();
  expect(await client.getChat(CHAT_ID, options)).toEqual({ title: 'new' });
  for (const error of await Promise.all(leaving)) expect(error.kind).toBe('aborted');
  await until(() => upstream.requests[0]?.aborted === true);
});

test('the short deadline of the first caller does not fail the second', async () => {
  await using upstream = await startUpstream(() => {});
  await using client = openClient(upstream.baseUrl);
  const short = failure(client.getChat(CHAT_ID, { ...options, deadline: Date.now() + 100 }));
  const long = client.getChat(CHAT_ID, { ...options, deadline: Date.now() + 20_000 });
  expect(await short).toMatchObject({ kind: 'aborted' });
  await until(() => upstream.requests.length === 1);
  upstream.requests[0]?.json({ title: 'Dana' });
  expect(await long).toEqual({ title: 'Dana' });
  expect(upstream.requests).toHaveLength(1);
});

test('a failure is shared by those who wait and by nobody later', async () => {
  await using upstream = await startUpstream((request, index) => request.json({}, index === 0 ? 500 : 200));
  await using client = openClient(upstream.baseUrl);
  const waiting = [1, 2, 3].map(() => failure(client.getChat(CHAT_ID, options)));
  for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ status: 500 });
  expect(await client.getChat(CHAT_ID, options)).toEqual({});
  expect(upstream.requests).toHaveLength(2);
});

test.each([
  ['answered', 200],
  ['refused', 400],
  ['failed', 500],
])('a read begun after a write was %s does not join one begun before it', async (_, status) => {
  await using upstream = await startUpstream((request, index) => {
    if (request.method === 'POST') request.json({}, status);
    else if (index > 1) request.json({ title: 'after' });
  });
  await using client = openClient(upstream.baseUrl);
  const before = client.getChat(CHAT_ID, options);
  await until(() => upstream.requests.length === 1);
  // Begun in the very turn in which the write's answer arrives, and by another credential than the write's.
  const after = await client
    .updateCrmData(CHAT_ID, {}, 'merge', { token: 'theirs' })
    .catch(() => undefined)
    .then(() => client.getChat(CHAT_ID, options));
  expect(after).toEqual({ title: 'after' });
  upstream.requests[0]?.json({ title: 'before' });
  expect(await before).toEqual({ title: 'before' });
});

test('reads begun while an older one is under way after a write join each other', async () => {
  await using upstream = await startUpstream((request) => {
    if (request.method === 'POST') request.json({});
  });
  await using client = openClient(upstream.baseUrl);
  const before = client.getChat(CHAT_ID, options);
  await until(() => upstream.requests.length === 1);
  await client.updateCrmData(CHAT_ID, {}, 'merge', options);
  const after = [client.getChat(CHAT_ID, options), client.getChat(CHAT_ID, options)];
  await until(() => upstream.requests.length === 3);
  upstream.requests[0]?.json({ title: 'before' });
  await before;
  after.push(client.getChat(CHAT_ID, options));
  upstream.requests[2]?.json({ title: 'after' });
  expect(await Promise.all(after)).toEqual(Array(3).fill({ title: 'after' }));
  expect(upstream.requests).toHaveLength(3);
});
