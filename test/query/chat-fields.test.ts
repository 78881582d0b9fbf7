import { expect, test } from 'vitest';
import { everyChatField, fullChat, fullChatAnswer, SEARCHED_CHANNELS } from '../support/full-chat.ts';
import { startGateway } from '../support/gateway.ts';
import { aChat, aMessage } from '../support/sandbox.ts';

const CHAT_ID = 'c0ffee00c0ffee00c0ffee00';
const MINUTE = 60_000;
const NOON = Date.parse('2026-03-01T12:00:00.000Z');

const dataset = [
  fullChat(CHAT_ID, [aMessage('aa01', NOON - MINUTE), aMessage('aa02', NOON, { text: 'שלום' })]),
  aChat('0000000000000000000000aa', {}, [aMessage('bb01', NOON - 5 * MINUTE)]),
];

test('every field of a chat, read by its id', async () => {
  await using gateway = await startGateway({ sandbox: { dataset } });
  const answer = await gateway.query(`{ chat(chatId: "${CHAT_ID}") { ${everyChatField} } }`);
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toEqual({ chat: fullChatAnswer(CHAT_ID) });
});

test('every field of a chat, read from the list', async () => {
  await using gateway = await startGateway({ sandbox: { dataset } });
  const answer = await gateway.query(`{ chats(first: 1) { totalCount nodes { ${everyChatField} } } }`);
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toEqual({ chats: { totalCount: 2, nodes: [fullChatAnswer(CHAT_ID)] } });
});

test('every field of a chat, read by its channel', async () => {
  await using gateway = await startGateway({ sandbox: { dataset } });
  const answer = await gateway.query(
    `{ chatByChannel(channel: { name: WHATSAPP, accountId: "15550199999", contactId: "+972505550101" }) { ${everyChatField} } }`,
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.data).toEqual({ chatByChannel: fullChatAnswer(CHAT_ID) });
});

test('every field of a chat, as a write answers it: personChats too, and no further call', async () => {
  await using gateway = await startGateway({ sandbox: { dataset } });
  const { data, errors, extensions } = await gateway.query<{
    updateChatCrmData: { chat: { updatedAt: string } };
  }>(
    `mutation { updateChatCrmData(input: { chatId: "${CHAT_ID}", data: {} }) { chat { ${everyChatField} } } }`,
  );
  expect(errors).toBeUndefined();
  const expected = fullChatAnswer(CHAT_ID);
  const { updatedAt } = data?.updateChatCrmData.chat ?? {};
  expect(updatedAt).not.toBe(expected.updatedAt);
  expect(data?.updateChatCrmData.chat).toEqual({
    ...expected,
    updatedAt,
    personChats: [{ name: 'WHATSAPP' }, { name: 'EMAIL' }],
  });
  expect(extensions.upstream?.calls).toBe(1);
});

test('every field of an empty chat is null, in every view', async () => {
  const bare = aChat('0000000000000000000000bb', { agent: { uid: null, displayName: '' }, botState: {} });
  await using gateway = await startGateway({ sandbox: { dataset: [bare] } });
  const { data, errors } = await gateway.query<{ chat: Record<string, unknown> }>(
    `{ chat(chatId: "0000000000000000000000bb") {
        agent { uid } botState { sessionId } previousBotSession { sessionId } lastMessage { text } lastMessageAt
        displayName name title labelIds crmData crmLastTicketId replyAction { bot } unsubscribed { at } isBlocked
        pendingAt resolvedAt pendingReminderAt lastIncomingMessageAt personChats { name } avatarFileId } }`,
  );
  expect(errors).toBeUndefined();
  const title = 'Contact 0000000000000000000000bb';
  const { name, title: shown, ...rest } = data?.chat ?? {};
  expect({ name, shown }).toEqual({ name: title, shown: title });
  expect(Object.values(rest).every((value) => value === null)).toBe(true);
});

test('a very old chat reads well from its deprecated fields', async () => {
  const old = aChat(
    '0000000000000000000000cc',
    {
      channelInfo: undefined,
      channel: 'whatsapp',
      clientPhone: '+972505550144',
      clientPhoneE164: '+972505550144',
      entityPhone: '+15550199999',
      lastText: 'ישן מאוד',
      lastMessage: undefined,
      unsubscribeTime: 1_500_000_000,
      blockTemplates: true,
      replyAction: { created: 1_500_000_000, status: 2 },
    } as never,
    [],
  );
  await using gateway = await startGateway({ sandbox: { dataset: [old] } });
  const { data, errors } = await gateway.query(
    `{ chats(filter: { includeEmpty: true }) { nodes {
        channelInfo { name rawName accountId contactId } lastMessage { type text media { url } }
        unsubscribed { at bulkSendId } replyAction { chatStatus expiresAt } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    chats: {
      nodes: [
        {
          channelInfo: {
            name: 'WHATSAPP',
            rawName: 'whatsapp',
            accountId: '15550199999',
            contactId: '972505550144',
          },
          lastMessage: { type: null, text: 'ישן מאוד', media: [] },
          unsubscribed: { at: '2017-07-14T02:40:00.000Z', bulkSendId: null },
          replyAction: { chatStatus: 'ASSIGNED', expiresAt: null },
        },
      ],
    },
  });
});

test('enum values of tomorrow are null, counted and warned of, and their raw twins stand', async () => {
  const future = aChat('0000000000000000000000dd', {
    status: 99,
    channelInfo: { name: 'telepathy', id: 'seer', accountId: 'crystal' },
  });
  await using gateway = await startGateway({ sandbox: { dataset: [future] } });
  const { data, errors } = await gateway.query(
    '{ chat(chatId: "0000000000000000000000dd") { status channelInfo { name rawName } } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ chat: { status: null, channelInfo: { name: null, rawName: 'telepathy' } } });
  const text = await gateway.metrics.registry.metrics();
  expect(text).toContain('unknown_enum_values_total{enum="ChatStatus"} 1');
  expect(text).toContain('unknown_enum_values_total{enum="ChannelName"} 1');
});

test.each(SEARCHED_CHANNELS)('a chat by its channel on %s', async (name, channelInfo) => {
  const chat = aChat('0000000000000000000000ee', { channelInfo }, [aMessage('cc01', NOON)]);
  await using gateway = await startGateway({
    sandbox: { dataset: [...dataset, chat], behaviour: { searchableContacts: 'all' } },
  });
  const { accountId, id: contactId } = channelInfo;
  const { data, errors } = await gateway.query(
    'query ($channel: ChannelRefInput!) { chatByChannel(channel: $channel) { chatId } }',
    { channel: { name, accountId, contactId } },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ chatByChannel: { chatId: '0000000000000000000000ee' } });
});
