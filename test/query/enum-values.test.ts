import { GraphQLEnumType } from 'graphql';
import { expect, it } from 'vitest';
import type { Message } from '../../src/sandbox/rest/message.ts';
import { schema } from '../../src/schema/index.ts';
import { startGateway } from '../support/gateway.ts';
import { aChat, aMessage } from '../support/sandbox.ts';

const CHAT_ID = '65f00000000000000000c001';

interface EnumCase {
  readonly typeName: string;
  /** Where the schema shows it on a message. */
  readonly selection: string;
  /** A message with each value of REST, and the schema's. Source: pages "The Chat object" and "Enums". */
  readonly shows: readonly (readonly [Partial<Message>, string])[];
}

const CASES: readonly EnumCase[] = [
  {
    typeName: 'MessageStatus',
    selection: 'value: status',
    shows: [
      [{ status: 0 }, 'SENT'],
      [{ status: 1 }, 'ACCEPTED'],
      [{ status: 2 }, 'DELIVERED'],
      [{ status: 3 }, 'SEEN'],
      [{ status: 4 }, 'FAILED'],
      [{ status: 5 }, 'CHANNEL_FAILED'],
      [{ status: 6 }, 'DELETED'],
    ],
  },
  {
    typeName: 'ChatStatus',
    selection: 'content { ... on MessageSystemContent { value: newChatStatus } }',
    shows: [
      [{ systemMessage: true, newChatStatus: 0 }, 'BOT'],
      [{ systemMessage: true, newChatStatus: 1 }, 'PENDING'],
      [{ systemMessage: true, newChatStatus: 2 }, 'ASSIGNED'],
      [{ systemMessage: true, newChatStatus: 3 }, 'RESOLVED'],
      [{ systemMessage: true, newChatStatus: 4 }, 'BULK'],
    ],
  },
  {
    typeName: 'ChannelName',
    selection: 'channelInfo { value: name }',
    shows: [
      [onChannel('whatsapp'), 'WHATSAPP'],
      [onChannel('messenger'), 'MESSENGER'],
      [onChannel('instagram'), 'INSTAGRAM'],
      [onChannel('website_chat'), 'WEBSITE_CHAT'],
      [onChannel('email'), 'EMAIL'],
      [onChannel('sms'), 'SMS'],
    ],
  },
  {
    typeName: 'MessageDirection',
    selection: 'value: direction',
    shows: [
      [{ direction: 'incoming' }, 'INCOMING'],
      [{ direction: 'outgoing' }, 'OUTGOING'],
    ],
  },
  {
    typeName: 'MessageMediaType',
    selection: 'content { ... on MessageMediaContent { items { value: mediaType } } }',
    shows: [
      [withFile('image'), 'IMAGE'],
      [withFile('video'), 'VIDEO'],
      [withFile('document'), 'DOCUMENT'],
      [withFile('audio'), 'AUDIO'],
      [withFile('sticker'), 'STICKER'],
    ],
  },
];

it.each(CASES)('$typeName has exactly the values of Texter', async ({ typeName, selection, shows }) => {
  const messages = shows.map(([fields], index) =>
    aMessage(`65f0000000000000000000${index + 10}`, index, fields),
  );
  await using gateway = await startGateway({ sandbox: { dataset: [aChat(CHAT_ID, {}, messages)] } });
  const { data, errors } = await gateway.query(
    `query($chatId: ID!) { chat(chatId: $chatId) { messages(last: 50) { nodes { ${selection} } } } }`,
    { chatId: CHAT_ID },
  );
  const expected = shows.map(([, name]) => name);
  expect(errors).toBeUndefined();
  expect(Array.from(JSON.stringify(data).matchAll(/"value":"(\w+)"/g), ([, name]) => name)).toEqual(expected);

  const type = schema.getType(typeName);
  expect(type).toBeInstanceOf(GraphQLEnumType);
  const values = type instanceof GraphQLEnumType ? type.getValues().map(({ name }) => name) : [];
  expect(values.toSorted()).toEqual(expected.toSorted());
});

function onChannel(name: string): Partial<Message> {
  return { chatChannelInfo: { name, id: '1', accountId: '2' } };
}

function withFile(mediaType: string): Partial<Message> {
  return { type: 'media', media: [{ mediaType }] };
}
