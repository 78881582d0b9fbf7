import type { Message } from '../../src/sandbox/rest/message.ts';
import { CASES_BY_TYPE } from './message-cases-by-type.ts';

/** A message as REST sends it, and what the schema shows of it; members that are not named are null or empty. */
export interface MessageCase {
  readonly name: string;
  readonly rest: Omit<Message, '_id' | 'timestamp'>;
  readonly shown: Readonly<Record<string, unknown>> & { readonly content: Readonly<Record<string, unknown>> };
}

const AGENT = '4f8a1c1e-2b51-4a43-9c0e-0b1f2f3f4a5b';

/** Whole REST messages are shown raw; the test adds `_id` and `timestamp`, which it gives out itself. */
const unreadable: readonly MessageCase[] = [
  {
    name: 'a message of tomorrow: its type, direction, status and channel are all new',
    rest: {
      chatChannelInfo: { name: 'telegram', id: '@dana', accountId: 'shop' },
      direction: 'internal',
      type: 'poll',
      text: 'Which day?',
      status: 99,
      poll: { options: ['Sun', 'Mon'] },
    },
    shown: {
      channelInfo: {
        name: null,
        rawName: 'telegram',
        accountId: 'shop',
        contactId: '@dana',
        metadata: null,
      },
      sender: { kind: 'OTHER', agentUid: null },
      text: 'Which day?',
      content: { __typename: 'MessageUnknownContent', type: 'poll' },
    },
  },
  {
    name: 'a known type in a shape that cannot be read',
    rest: { direction: 'incoming', type: 'location', location: '32.07,34.78', status: 6 },
    shown: {
      direction: 'INCOMING',
      sender: { kind: 'CONTACT', agentUid: null },
      status: 'DELETED',
      content: { __typename: 'MessageUnknownContent', type: 'location' },
    },
  },
];

const system: readonly MessageCase[] = [
  {
    name: 'system message of a new status, with routing, a placeholder and details',
    rest: {
      systemMessage: true,
      parent_chat: 'c',
      chatChannelInfo: { name: 'sms', id: '15550100001', accountId: '15550199999' },
      channelInfo: { id: 'placeholder' },
      updatedAt: '2023-11-14T22:13:20.000Z',
      newChatStatus: 2,
      agent: AGENT,
      by: { rule: 'night shift', departments: ['customer_service'] },
    },
    shown: {
      isSystem: true,
      channelInfo: {
        name: 'SMS',
        rawName: 'sms',
        accountId: '15550199999',
        contactId: '15550100001',
        metadata: null,
      },
      updatedAt: '2023-11-14T22:13:20.000Z',
      sender: { kind: 'SYSTEM', agentUid: null },
      content: {
        __typename: 'MessageSystemContent',
        newChatStatus: 'ASSIGNED',
        details: { agent: AGENT, by: { rule: 'night shift', departments: ['customer_service'] } },
      },
    },
  },
  {
    name: 'system message of a status of tomorrow',
    rest: { systemMessage: true, newChatStatus: 7 },
    shown: {
      isSystem: true,
      sender: { kind: 'SYSTEM', agentUid: null },
      content: { __typename: 'MessageSystemContent', newChatStatus: null, details: {} },
    },
  },
];

export const MESSAGE_CASES: readonly MessageCase[] = [...CASES_BY_TYPE, ...unreadable, ...system];
