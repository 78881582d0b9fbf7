import type { ChannelInfo } from '../../rest/chat.ts';
import { text } from '../content.ts';
import type { ScriptedLine } from './scripted.ts';

/** A channel that no documentation knows. */
export const FUTURE_CHANNEL: ChannelInfo = { name: 'telegram', id: '5550000000384', accountId: 'pardes_bot' };

/** A number beyond those of chat.status and message.status. */
export const FUTURE_STATUS = 7;

/** Values of tomorrow in every open enumeration. */
export const FUTURE_LINES: readonly ScriptedLine[] = [
  { by: 'contact', after: 0, says: text('Hello from tomorrow') },
  {
    by: 'agent',
    after: 30,
    says: {
      type: 'poll',
      poll: { question: 'Which day suits you?', options: ['Sunday', 'Monday'], multiple: false },
    },
  },
  {
    by: 'contact',
    after: 30,
    says: { type: 'media', media: [{ mediaType: 'hologram', fileId: '65d000000000000000000001' }] },
  },
  { by: 'agent', after: 30, says: { ...text('Forwarded'), direction: 'forwarded', status: FUTURE_STATUS } },
  { by: 'system', after: 1, says: { newChatStatus: FUTURE_STATUS, queue: 'robots' } },
];
