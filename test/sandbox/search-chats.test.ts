import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import type { Chat } from '../../src/sandbox/rest/chat.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, aMessage, callSandbox } from '../support/sandbox.ts';

// Facts of the documentation page "Search Chats".

interface SearchAnswer {
  readonly data: readonly Chat[];
  readonly total: number;
}

async function search(sandbox: Sandbox, query: string): Promise<SearchAnswer> {
  const response = await callSandbox(sandbox, `/chats/search?${query}`);
  expect(response.status).toBe(200);
  const { data, total }: SearchAnswer = await response.json();
  return { data, total };
}

const ids = ({ data }: SearchAnswer) => data.map(({ _id }) => _id);

const whatsapp = (id: string, accountId = '15550199999') => ({ name: 'whatsapp', id, accountId });
const messageAt = (time: number) => [aMessage(`m${time}`, time)];
const dataset = [
  aChat(
    'dana',
    { title: 'Dana Levi', status: 1, labels: ['VIP', 'a'], channelInfo: whatsapp('972505550101') },
    messageAt(3000),
  ),
  aChat(
    'noa',
    {
      title: 'נועה',
      displayName: 'NOA the plumber',
      status: 2,
      labels: ['b'],
      channelInfo: whatsapp('15550100002', '1'),
    },
    messageAt(5000),
  ),
  aChat(
    'mail',
    { title: 'Mail', status: 3, channelInfo: { name: 'email', id: 'x.levi@example.com', accountId: 'box' } },
    messageAt(4000),
  ),
  aChat(
    'sms',
    { title: 'Text', status: 4, channelInfo: { name: 'sms', id: '972525550199', accountId: 'sms' } },
    messageAt(1000),
  ),
  aChat('empty', { title: 'Levi empty', status: 1 }),
];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ dataset });
});
afterAll(() => sandbox.close());

test('newest activity first, chats without messages left out', async () => {
  const answer = await search(sandbox, '');
  expect(ids(answer)).toEqual(['noa', 'mail', 'dana', 'sms']);
  expect(answer.total).toBe(4);
});

test.each(['1', 'true'])('showNoMessages=%s shows chats without messages, last', async (value) => {
  expect(ids(await search(sandbox, `showNoMessages=${value}`))).toEqual([
    'noa',
    'mail',
    'dana',
    'sms',
    'empty',
  ]);
});

test.each(['0', 'false'])('showNoMessages=%s leaves them out', async (value) => {
  expect(ids(await search(sandbox, `showNoMessages=${value}`))).not.toContain('empty');
});

test('skip and limit page; total ignores them', async () => {
  const answer = await search(sandbox, 'limit=2&skip=1');
  expect(ids(answer)).toEqual(['mail', 'dana']);
  expect(answer.total).toBe(4);
  expect(ids(await search(sandbox, 'skip=100'))).toEqual([]);
});

test('30 records unless limit says otherwise', async () => {
  const many = Array.from({ length: 40 }, (_, index) => aChat(`c${index}`, {}, messageAt(index + 1)));
  await using other = await startSandbox({ dataset: many });
  expect((await search(other, '')).data).toHaveLength(30);
  expect((await search(other, 'limit=10000')).data).toHaveLength(40);
});

test.each([
  ['dana', ['dana']],
  ['LEVI', ['dana']],
  ['נועה', ['noa']],
  ['the PLUMBER', ['noa']],
  ['972505550101', ['dana']],
  ['0505550101', ['dana']],
  ['050-555 0101', ['dana']],
  ['+1 (555) 010-0002', ['noa']],
  ['0525550199', ['sms']],
  ['x.levi@example.com', []],
  ['nobody', []],
])('search=%s finds %j', async (text, found) => {
  expect(ids(await search(sandbox, `search=${encodeURIComponent(text)}`))).toEqual(found);
});

test.each([
  ['labels[]=VIP&labels[]=b', ['noa', 'dana']],
  ['labels%5B%5D=VIP', ['dana']],
  ['labels[0]=VIP', ['dana']],
  ['labels[]=vip', []],
  ['statuses[]=PENDING&statuses[]=RESOLVED', ['mail', 'dana']],
  ['statuses[]=BULK', ['sms']],
  ['channel[name]=whatsapp&channel[accountId]=1', ['noa']],
  ['channel%5Bname%5D=email&channel%5BaccountId%5D=box', ['mail']],
  ['labels[]=VIP&statuses[]=ASSIGNED', []],
])('%s finds %j', async (query, found) => {
  expect(ids(await search(sandbox, query))).toEqual(found);
});

test.each([
  'search=a',
  'limit=0',
  'limit=10001',
  'limit=-1',
  'limit=ten',
  'limit=1&limit=2',
  'skip=-1',
  'showNoMessages=yes',
  'channel[name]=whatsapp',
  'channel[accountId]=1',
  'channel[name]=sms&channel[accountId]=sms',
  'statuses[]=TAKEN',
  'statuses[]=pending',
  'statuses[]=1',
  `statuses[]=${Array(6).fill('BOT').join('&statuses[]=')}`,
  'labels[]=a&labels[]=a',
  `labels[]=${Array.from({ length: 101 }, (_, index) => index).join('&labels[]=')}`,
])('%s is refused with 400', async (query) => {
  expect((await callSandbox(sandbox, `/chats/search?${query}`)).status).toBe(400);
});

test('a hundred labels of a hundred Hebrew letters fit', async () => {
  const labels = Array.from(
    { length: 100 },
    (_, index) => `labels[]=${encodeURIComponent('ש'.repeat(97) + index)}`,
  );
  expect((await search(sandbox, labels.join('&'))).total).toBe(0);
});

test('records are whole but for lastMessage and personChats', async () => {
  await using generated = await startSandbox();
  const { data } = await search(generated, 'search=+972585550180');
  const [record] = data;
  expect(data.map(({ _id }) => _id)).toEqual([LANDMARKS.fullChat]);
  expect(Object.keys(record ?? {})).toEqual(
    expect.arrayContaining([
      '_id',
      'displayName',
      'labels',
      'crmData',
      'botState',
      'replyAction',
      'clientPhone',
    ]),
  );
  for (const field of ['lastMessage', 'personChats', 'lastMessageTimestamp', 'success'])
    expect(record).not.toHaveProperty(field);
  expect(record?.botState).toHaveProperty('userState');
  expect(record?.last_message_timestamp).toEqual(expect.any(Number));
});

test('a chat with deprecated fields only is found by its phone and its account', async () => {
  await using generated = await startSandbox();
  const query = 'search=0585550183&channel[name]=whatsapp&channel[accountId]=972355501000';
  expect(ids(await search(generated, query))).toEqual([LANDMARKS.oldChat]);
});
