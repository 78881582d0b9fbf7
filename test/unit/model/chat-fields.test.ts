import { describe, expect, test } from 'vitest';
import { extraState, latestAgent } from '../../../src/model/bot-state.ts';
import { agentOf, CHAT_FIELDS } from '../../../src/model/chat-fields.ts';
import { type ChatView, revisionOf, shows } from '../../../src/model/chat-views.ts';
import { replyActionExpiry, replyActionStatus } from '../../../src/model/reply-action.ts';
import { fromBound, fromEpochMs, fromEpochSeconds, fromIso } from '../../../src/model/time.ts';
import { publicView, searchRecord, writtenChat } from '../../../src/sandbox/rest/views.ts';
import type { WireChat } from '../../../src/texter/wire.ts';
import { fullChat } from '../../support/full-chat.ts';
import { aMessage } from '../../support/sandbox.ts';

const entry = fullChat('c'.repeat(24), [aMessage('aa01', 1_772_000_000_000)]);
/** What the endpoints serve of a chat on which every documented field has a value. */
const SERVED: Readonly<Record<ChatView, WireChat>> = {
  public: publicView(entry),
  record: searchRecord(entry.chat),
  written: writtenChat(entry),
};

describe('the view table and what the endpoints serve', () => {
  const fields = Object.entries(CHAT_FIELDS);

  test.each(fields)('%s is in every view that is said to carry it', (name, { views, read }) => {
    for (const view of views) {
      // No read shows it; it is answered from what is at hand.
      if (name === 'personChats' && view !== 'written') continue;
      expect(read(SERVED[view]), view).not.toBeNull();
    }
  });

  test.each(fields)('%s has the same value in all of them', (name, { views, read }) => {
    if (name === 'personChats') return;
    const values = views.map((view) => JSON.stringify(read(SERVED[view])));
    expect(new Set(values).size).toBe(1);
  });

  // The public view has no displayName and no record of the bot's state: what it lacks must not be read as null.
  test.each(['displayName', 'labelIds', 'crmData', 'previousBotSession', 'replyAction'] as const)(
    '%s is not read from the public view',
    (name) => {
      expect(CHAT_FIELDS[name].read(SERVED.public)).toBeNull();
      expect(CHAT_FIELDS[name].views).not.toContain('public');
    },
  );

  test('the bot state of the public view is its id alone', () => {
    expect(CHAT_FIELDS.botState.read(SERVED.public)).toEqual({
      id: CHAT_FIELDS.botSessionId.read(SERVED.record),
    });
    expect(CHAT_FIELDS.botState.views).not.toContain('public');
  });

  test('lastMessage is not read from a search record', () => {
    expect(CHAT_FIELDS.lastMessage.read(SERVED.record)).toBeNull();
    expect(CHAT_FIELDS.lastMessage.views).not.toContain('record');
  });
});

describe('units of time', () => {
  test.each([
    [fromEpochMs(1_772_000_000_123), '2026-02-25T06:13:20.123Z'],
    [fromEpochSeconds(1_772_000_000), '2026-02-25T06:13:20.000Z'],
    [fromIso('2026-02-25T06:13:20.123Z'), '2026-02-25T06:13:20.123Z'],
    [fromIso('2026-02-25T08:13:20+02:00'), '2026-02-25T06:13:20.000Z'],
    [fromIso('2026-02-25T06:13:20'), '2026-02-25T06:13:20.000Z'],
    [fromIso('2026-02-25'), '2026-02-25T00:00:00.000Z'],
    [fromBound(1_772_000_000_123), '2026-02-25T06:13:20.123Z'],
  ])('%o', (date, iso) => {
    expect(date?.toISOString()).toBe(iso);
  });

  test.each([
    fromEpochMs(null),
    fromEpochSeconds(undefined),
    fromIso(null),
    fromBound(false),
    fromBound(undefined),
  ])('nothing is null', (date) => {
    expect(date).toBeNull();
  });
});

describe('odd values', () => {
  test.each([
    'displayName',
    'personId',
    'avatarFileId',
    'departmentId',
    'latestBulkSendId',
    'crmLastTicketId',
  ] as const)('an empty %s is none', (name) => {
    const chat: WireChat = {
      displayName: '',
      personId: '',
      image: '',
      departmentId: '',
      latestBulkSendId: '',
      crmLastTicketId: '',
    };
    expect(CHAT_FIELDS[name].read(chat)).toBeNull();
  });

  test('a cleared displayName gives way to the title', () => {
    expect(CHAT_FIELDS.name.read({ displayName: '', title: 'Dana' })).toBe('Dana');
  });

  test.each([
    [{}, null],
    [{ unsubscribeTime: 0 }, null],
    [{ unsubscribeTime: 0, blockTemplates: false }, null],
    [{ blockTemplates: true }, { at: null, bulkSendId: null }],
    [
      { unsubscribeTime: 0, blockTemplates: true },
      { at: null, bulkSendId: null },
    ],
    [{ unsubscribeTime: 1_772_000_000 }, { at: new Date(1_772_000_000_000), bulkSendId: null }],
    [
      { unsubscribed: {}, unsubscribeTime: 1_772_000_000 },
      { at: new Date(1_772_000_000_000), bulkSendId: null },
    ],
    [
      { unsubscribed: { date: '2026-01-01T00:00:00.000Z', bulkSendId: 'b' }, unsubscribeTime: 1 },
      { at: new Date('2026-01-01T00:00:00.000Z'), bulkSendId: 'b' },
    ],
  ])('unsubscribed of %o', (chat, expected) => {
    expect(CHAT_FIELDS.unsubscribed.read(chat)).toEqual(expected);
  });

  test.each([
    [{ lastText: 'old' }, { type: null, text: 'old', media: [] }],
    [
      { lastText: 'old', lastMessage: { type: 'media', media: [{ fileId: 'f' }] } },
      { type: 'media', text: null, media: [{ fileId: 'f' }] },
    ],
    [{ lastText: '' }, null],
  ])('lastMessage of %o', (chat, expected) => {
    expect(CHAT_FIELDS.lastMessage.read(chat)).toEqual(expected);
  });

  test.each([
    [null, null],
    [{ uid: null, displayName: '' }, null],
    [{ uid: '', displayName: 'x' }, null],
    [
      { uid: 'u', displayName: '' },
      { uid: 'u', displayName: null },
    ],
  ])('agent of %o', (agent, expected) => {
    expect(agentOf(agent)).toEqual(expected);
  });

  test.each([{}, { id: null }, { id: '' }])('a bot state of %o is none', (botState) => {
    expect(CHAT_FIELDS.botState.read({ botState })).toBeNull();
    expect(CHAT_FIELDS.botSessionId.read({ botState })).toBeNull();
  });

  test('a bot state keeps its own keys apart, and has an agent only with a uid', () => {
    expect(extraState({ id: 's', node: 'n' })).toBeNull();
    expect(extraState({ id: 's', mood: 'calm', store: {} })).toEqual({ mood: 'calm' });
    expect(latestAgent({ id: 's', latestAgentName: 'Noa' })).toBeNull();
    expect(latestAgent({ id: 's', latestAgentUid: 'u', latestAgentName: '' })).toEqual({
      uid: 'u',
      displayName: null,
    });
  });

  test.each([
    [{}, null],
    [{ created: 1_772_000_000 }, null],
    [{ expirationTime: 60 }, null],
    [{ created: 1_772_000_000, expirationTime: 60 }, new Date(1_772_000_060_000)],
    [{ created: 253_402_300_700, expirationTime: 1e9 }, null],
  ])('expiry of %o', (action, expected) => {
    expect(replyActionExpiry(action)).toEqual(expected);
  });

  test('an old reply action spells its status otherwise', () => {
    expect(replyActionStatus({ status: 2 })).toBe(2);
    expect(replyActionStatus({ status: 2, chatStatus: 0 })).toBe(0);
    expect(replyActionStatus({})).toBeNull();
  });
});

describe('revisions', () => {
  function isSame(one: WireChat, other: WireChat): boolean {
    const revision = revisionOf(other);
    return revision !== null && shows(one, revision);
  }

  test('the public view and the record of one state show the same', () => {
    expect(isSame(SERVED.public, SERVED.record)).toBe(true);
  });

  test('move with updatedAt, and with the last message', () => {
    const { record } = SERVED;
    expect(isSame({ ...record, updatedAt: '2027-01-01T00:00:00.000Z' }, record)).toBe(false);
    expect(isSame({ ...record, last_message_timestamp: 1 }, record)).toBe(false);
  });

  test('are unknown without updatedAt', () => {
    expect(revisionOf({ last_message_timestamp: 1 })).toBeNull();
  });
});
