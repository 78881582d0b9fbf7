import { describe, expect, it } from 'vitest';
import { messageContent } from '../../../src/model/message-content.ts';
import { wireMessage } from './wire-message.ts';

function contentOf(members: Record<string, unknown>) {
  return messageContent(wireMessage(members));
}

describe('messageContent of a known type', () => {
  it('text', () => {
    expect(contentOf({ type: 'text', text: 'שלום' })).toEqual({ kind: 'MessageTextContent', text: 'שלום' });
  });

  it('text without its text, which the documentation allows', () => {
    expect(contentOf({ type: 'text' })).toEqual({ kind: 'MessageTextContent', text: null });
  });

  it('media', () => {
    const media = [{ mediaType: 'image', fileId: 'f1', caption: 'a' }, { mediaType: 'hologram' }];
    expect(contentOf({ type: 'media', media })).toEqual({
      kind: 'MessageMediaContent',
      text: null,
      items: media,
    });
    expect(contentOf({ type: 'media', text: 'look', media: [] })).toMatchObject({ text: 'look', items: [] });
  });

  it('buttons', () => {
    const buttons = [{ title: 'Yes', payload: 'yes' }, { title: 'No' }];
    expect(contentOf({ type: 'buttons', text: 'Ready?', buttons })).toEqual({
      kind: 'MessageButtonsContent',
      text: 'Ready?',
      buttons,
    });
  });

  it('list', () => {
    const sections = [{ title: 'Today', rows: [{ title: '9:00', payload: 's1', description: 'Dana' }] }];
    expect(contentOf({ type: 'list', text: 'When?', list: { button: 'Choose', sections } })).toEqual({
      kind: 'MessageListContent',
      text: 'When?',
      button: 'Choose',
      sections,
    });
    expect(contentOf({ type: 'list', list: {} })).toMatchObject({ text: null, button: null, sections: [] });
  });

  it('postback', () => {
    const postback = { payload: 's1', title: '9:00', description: 'Dana' };
    expect(contentOf({ type: 'postback', postback })).toEqual({
      kind: 'MessagePostbackContent',
      ...postback,
    });
    expect(contentOf({ type: 'postback', postback: { payload: 's1' } })).toEqual({
      kind: 'MessagePostbackContent',
      payload: 's1',
      title: null,
      description: null,
    });
  });

  it('contacts', () => {
    const card = { name: { formatted_name: 'Dana L' }, phones: [{ phone: '+1' }] };
    expect(contentOf({ type: 'contacts', contacts: [card, null, 'Avi'] })).toEqual({
      kind: 'MessageContactsContent',
      contacts: [
        { formattedName: 'Dana L', phones: ['+1'], emails: [], raw: card },
        { formattedName: null, phones: [], emails: [], raw: 'Avi' },
      ],
    });
  });

  it('location', () => {
    const location = { latitude: 32.07, longitude: '34.78', name: 'Shop', address: 'Main St 1', zoom: 3 };
    expect(contentOf({ type: 'location', location })).toEqual({
      kind: 'MessageLocationContent',
      latitude: 32.07,
      longitude: 34.78,
      name: 'Shop',
      address: 'Main St 1',
      raw: location,
    });
  });

  it('special', () => {
    const special = { whatsapp: { template: { name: 'reminder' } } };
    expect(contentOf({ type: 'special', text: 'Hi', special })).toEqual({
      kind: 'MessageSpecialContent',
      text: 'Hi',
      special,
    });
    expect(contentOf({ type: 'special', special: 0 })).toMatchObject({ text: null, special: 0 });
  });
});

describe('messageContent of what cannot be read', () => {
  it.each([
    ['a type of tomorrow', { type: 'poll', poll: { options: ['a'] } }],
    ['a type named like a member of every object', { type: 'constructor' }],
    ['no type', { text: 'hello' }],
    ['media without media', { type: 'media' }],
    ['buttons without buttons', { type: 'buttons', text: 'Ready?', buttons: null }],
    ['a list without its list', { type: 'list', text: 'When?' }],
    ['a postback without its postback', { type: 'postback', interactive: { id: 's1' } }],
    ['contacts without cards', { type: 'contacts' }],
    ['a location that is text', { type: 'location', location: '32.07,34.78' }],
    ['a location that is a pair', { type: 'location', location: [32.07, 34.78] }],
    ['a location that is null', { type: 'location', location: null }],
    ['special without its member', { type: 'special', text: 'Hi' }],
  ])('shows %s raw and whole', (_case, members) => {
    const message = wireMessage(members);
    expect(messageContent(message)).toEqual({
      kind: 'MessageUnknownContent',
      type: 'type' in members ? members.type : null,
      raw: message,
    });
  });
});

describe('messageContent of a system message', () => {
  it('is the new status, and all else but what only routes the record', () => {
    const content = contentOf({
      systemMessage: true,
      parent_chat: 'c1',
      chatChannelInfo: { name: 'whatsapp', id: '1', accountId: '2' },
      channelInfo: { id: 'placeholder' },
      updatedAt: '2025-01-02T03:04:05.678Z',
      newChatStatus: 2,
      agent: 'a-uid',
      text: null,
      reason: { by: 'rule', depth: [1, { deeper: true }] },
    });
    expect(content).toEqual({
      kind: 'MessageSystemContent',
      newChatStatus: 2,
      details: { agent: 'a-uid', text: null, reason: { by: 'rule', depth: [1, { deeper: true }] } },
    });
  });

  it('stays one when it has a type, which is then a detail', () => {
    expect(contentOf({ systemMessage: true, type: 'text', text: 'assigned' })).toEqual({
      kind: 'MessageSystemContent',
      newChatStatus: null,
      details: { type: 'text', text: 'assigned' },
    });
  });
});
