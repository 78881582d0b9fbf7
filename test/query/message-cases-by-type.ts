import type { MessageCase } from './message-cases.ts';

const AGENT = '4f8a1c1e-2b51-4a43-9c0e-0b1f2f3f4a5b';
const SESSION = 'ab'.repeat(32);
const CONTACT = { kind: 'CONTACT', agentUid: null };
const BOT = { kind: 'BOT', agentUid: null };
const OTHER = { kind: 'OTHER', agentUid: null };

const card = {
  name: { formatted_name: 'דנה לוי', first_name: 'דנה' },
  phones: [{ phone: '+1 555 010 0001', wa_id: '15550100001' }, '03-1234567'],
  emails: [{ email: 'dana@shop.example' }, 'office@shop.example'],
  org: { company: 'Shop' },
};
const location = { latitude: 32.0853, longitude: '34.7818', name: 'Shop', address: 'Main St 1', zoom: 3 };
const special = { whatsapp: { template: { name: 'reminder' } } };
const media = {
  mediaType: 'image',
  fileId: '65f0000000000000000000f1',
  previewId: '65f0000000000000000000f2',
  filename: 'receipt.jpg',
  contentType: 'image/jpeg',
  caption: 'הקבלה',
  url: 'https://files.example/receipt.jpg',
  scanned: true,
  deleted: { timestamp: 1_700_000_100_250 },
  metadata: { frequentlyForwarded: true },
};

/** A message of each type, in the best shape that REST is known to send. */
export const CASES_BY_TYPE: readonly MessageCase[] = [
  {
    name: 'text, with every member that messages have in common',
    rest: {
      parent_chat: 'ignored: the chat is the one that was asked for',
      chatChannelInfo: {
        name: 'whatsapp',
        id: '15550100001',
        accountId: '15550199999',
        metadata: { waId: 7 },
      },
      channelInfo: { id: 'wamid.HBgL' },
      updatedAt: '2023-11-14T22:13:25.678Z',
      direction: 'incoming',
      type: 'text',
      text: 'שלום, מה שעות הפתיחה?\nتحياتي',
      status: 2,
      statusHistory: [
        { status: 0, timestamp: 1_699_999_999_999 },
        { status: 9, timestamp: 1_700_000_001_000 },
      ],
      botSessionId: SESSION,
      reactions: [{ emoji: '👍', from: 'contact' }],
      metadata: { triggeredBot: true },
    },
    shown: {
      channelInfo: {
        name: 'WHATSAPP',
        rawName: 'whatsapp',
        accountId: '15550199999',
        contactId: '15550100001',
        metadata: { waId: 7 },
      },
      providerMessageId: 'wamid.HBgL',
      updatedAt: '2023-11-14T22:13:25.678Z',
      direction: 'INCOMING',
      sender: CONTACT,
      status: 'DELIVERED',
      statusHistory: [
        { status: 'SENT', at: '2023-11-14T22:13:19.999Z' },
        { status: null, at: '2023-11-14T22:13:21.000Z' },
      ],
      botSessionId: SESSION,
      text: 'שלום, מה שעות הפתיחה?\nتحياتي',
      reactions: [{ emoji: '👍', from: 'contact' }],
      metadata: { triggeredBot: true },
      content: { __typename: 'MessageTextContent', text: 'שלום, מה שעות הפתיחה?\nتحياتي' },
    },
  },
  {
    name: 'media of an agent: a full item, a bare one, and a kind of tomorrow',
    rest: {
      direction: 'outgoing',
      agent: AGENT,
      type: 'media',
      status: 4,
      media: [media, { mediaType: 'sticker' }, { mediaType: 'hologram', fileId: 'f3' }],
    },
    shown: {
      direction: 'OUTGOING',
      sender: { kind: 'AGENT', agentUid: AGENT },
      status: 'FAILED',
      content: {
        __typename: 'MessageMediaContent',
        text: null,
        items: [
          {
            mediaType: 'IMAGE',
            fileId: media.fileId,
            previewFileId: media.previewId,
            filename: 'receipt.jpg',
            contentType: 'image/jpeg',
            caption: 'הקבלה',
            url: media.url,
            scanned: true,
            deletedAt: '2023-11-14T22:15:00.250Z',
            metadata: { frequentlyForwarded: true },
          },
          mediaItem({ mediaType: 'STICKER' }),
          mediaItem({ fileId: 'f3' }),
        ],
      },
    },
  },
  {
    name: 'buttons of the bot',
    rest: {
      direction: 'outgoing',
      agent: 'Bot',
      type: 'buttons',
      text: 'מוכנים?',
      status: 3,
      buttons: [{ title: 'כן', payload: 'yes' }, { title: 'לא' }],
      metadata: { botMsgInfo: { identifier: 'main', version: 3, nodeName: 'ask' } },
    },
    shown: {
      direction: 'OUTGOING',
      sender: BOT,
      status: 'SEEN',
      text: 'מוכנים?',
      metadata: { botMsgInfo: { identifier: 'main', version: 3, nodeName: 'ask' } },
      content: {
        __typename: 'MessageButtonsContent',
        text: 'מוכנים?',
        buttons: [
          { title: 'כן', payload: 'yes' },
          { title: 'לא', payload: null },
        ],
      },
    },
  },
  {
    name: 'list of the bot',
    rest: {
      direction: 'outgoing',
      agent: 'Bot',
      type: 'list',
      text: 'When?',
      status: 1,
      list: {
        button: 'Choose',
        sections: [
          {
            title: 'Today',
            rows: [{ title: '9:00', payload: 's1', description: 'Dana' }, { title: '10:00' }],
          },
          {},
        ],
      },
    },
    shown: {
      direction: 'OUTGOING',
      sender: BOT,
      status: 'ACCEPTED',
      text: 'When?',
      content: {
        __typename: 'MessageListContent',
        text: 'When?',
        button: 'Choose',
        sections: [
          {
            title: 'Today',
            rows: [
              { title: '9:00', payload: 's1', description: 'Dana' },
              { title: '10:00', payload: null, description: null },
            ],
          },
          { title: null, rows: [] },
        ],
      },
    },
  },
  {
    name: 'postback',
    rest: {
      direction: 'incoming',
      type: 'postback',
      postback: { payload: 's1', title: '9:00', description: 'Dana' },
    },
    shown: {
      direction: 'INCOMING',
      sender: CONTACT,
      content: { __typename: 'MessagePostbackContent', payload: 's1', title: '9:00', description: 'Dana' },
    },
  },
  {
    name: 'contacts',
    rest: { direction: 'incoming', type: 'contacts', contacts: [card, 'Avi'] },
    shown: {
      direction: 'INCOMING',
      sender: CONTACT,
      content: {
        __typename: 'MessageContactsContent',
        contacts: [
          {
            formattedName: 'דנה לוי',
            phones: ['+1 555 010 0001', '03-1234567'],
            emails: ['dana@shop.example', 'office@shop.example'],
            raw: card,
          },
          { formattedName: null, phones: [], emails: [], raw: 'Avi' },
        ],
      },
    },
  },
  {
    name: 'location',
    rest: { direction: 'incoming', type: 'location', location },
    shown: {
      direction: 'INCOMING',
      sender: CONTACT,
      content: {
        __typename: 'MessageLocationContent',
        latitude: 32.0853,
        longitude: 34.7818,
        name: 'Shop',
        address: 'Main St 1',
        raw: location,
      },
    },
  },
  {
    name: 'special, sent over the API',
    rest: { direction: 'outgoing', type: 'special', text: 'Reminder', special, status: 5 },
    shown: {
      direction: 'OUTGOING',
      sender: OTHER,
      status: 'CHANNEL_FAILED',
      text: 'Reminder',
      content: { __typename: 'MessageSpecialContent', text: 'Reminder', special },
    },
  },
];

function mediaItem(members: Readonly<Record<string, unknown>>) {
  const bare = { mediaType: null, fileId: null, previewFileId: null, filename: null, contentType: null };
  return { ...bare, caption: null, url: null, scanned: null, deletedAt: null, metadata: null, ...members };
}
