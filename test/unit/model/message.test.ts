import { describe, expect, it } from 'vitest';
import {
  isSystemMessage,
  messageDirection,
  messageSender,
  messageStatus,
  providerMessageId,
} from '../../../src/model/message.ts';
import { wireMessage } from './wire-message.ts';

describe('messageSender', () => {
  const uid = '4f8a1c1e-2b51-4a43-9c0e-0b1f2f3f4a5b';

  it.each([
    ['an incoming message', { direction: 'incoming' }, 'CONTACT', null],
    ['an incoming one that names an agent', { direction: 'incoming', agent: uid }, 'CONTACT', null],
    ['an answer of the bot', { direction: 'outgoing', agent: 'Bot' }, 'BOT', null],
    ['an answer of an agent', { direction: 'outgoing', agent: uid }, 'AGENT', uid],
    ['one sent over the API', { direction: 'outgoing' }, 'OTHER', null],
    ['one whose agent is null', { direction: 'outgoing', agent: null }, 'OTHER', null],
    ['one whose agent is blank', { direction: 'outgoing', agent: '' }, 'OTHER', null],
    ['a direction of tomorrow', { direction: 'internal', agent: uid }, 'OTHER', null],
    ['no direction at all', {}, 'OTHER', null],
    ['a system message', { systemMessage: true }, 'SYSTEM', null],
    ['a system message that names an agent', { systemMessage: true, agent: uid }, 'SYSTEM', null],
  ])('of %s', (_case, members, kind, agentUid) => {
    expect(messageSender(wireMessage(members))).toEqual({ kind, agentUid });
  });
});

describe('a regular message', () => {
  it.each([[{}], [{ systemMessage: false }], [{ systemMessage: null }]])('is one with %j', (members) => {
    const message = wireMessage({
      ...members,
      direction: 'outgoing',
      status: 3,
      channelInfo: { id: 'wamid.A' },
    });
    expect(isSystemMessage(message)).toBe(false);
    expect(messageDirection(message)).toBe('outgoing');
    expect(messageStatus(message)).toBe(3);
    expect(providerMessageId(message)).toBe('wamid.A');
  });

  it('passes words and numbers of tomorrow on, for the enum to report', () => {
    const message = wireMessage({ direction: 'internal', status: 9 });
    expect(messageDirection(message)).toBe('internal');
    expect(messageStatus(message)).toBe(9);
  });

  it('reads what it lacks as null', () => {
    const message = wireMessage({});
    expect(messageDirection(message)).toBeNull();
    expect(messageStatus(message)).toBeNull();
    expect(providerMessageId(message)).toBeNull();
    expect(providerMessageId(wireMessage({ channelInfo: { id: '' } }))).toBeNull();
  });
});

describe('a system message', () => {
  it('has no direction, status or provider id, whatever placeholders it carries', () => {
    const message = wireMessage({
      systemMessage: true,
      direction: 'outgoing',
      status: 0,
      channelInfo: { id: 'placeholder' },
    });
    expect(isSystemMessage(message)).toBe(true);
    expect(messageDirection(message)).toBeNull();
    expect(messageStatus(message)).toBeNull();
    expect(providerMessageId(message)).toBeNull();
  });
});
