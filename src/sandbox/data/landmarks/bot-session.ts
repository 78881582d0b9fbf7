import { LANDMARK_SESSION } from '../../landmarks.ts';
import { text } from '../content.ts';
import type { ScriptedLine } from './scripted.ts';

const SESSION_LENGTH = 130;
const EARLIER_SESSION = '5e54'.repeat(16);

/** A finished session with its handoff, then a long one: longer than the largest page of the gateway. */
export const BOT_SESSION: readonly ScriptedLine[] = [
  { by: 'contact', after: 0, says: { ...text('היי'), botSessionId: EARLIER_SESSION } },
  { by: 'bot', after: 1, says: { ...text('שלום, במה אפשר לעזור?'), botSessionId: EARLIER_SESSION } },
  { by: 'system', after: 1, says: { newChatStatus: 1, assignedBy: 'Bot', botSessionId: EARLIER_SESSION } },
  { by: 'agent', after: 60, says: text('טופל בטלפון') },
  { by: 'system', after: 60, says: { newChatStatus: 3 } },
  ...Array.from({ length: SESSION_LENGTH / 2 }, (_, round): ScriptedLine[] => [
    // Every fifth question comes in the second of the answer before it.
    {
      by: 'contact',
      after: round % 5 === 0 ? 0 : 9,
      says: { ...text(`שאלה ${round + 1}`), botSessionId: LANDMARK_SESSION },
    },
    { by: 'bot', after: 1, says: { ...text(`תשובה ${round + 1}`), botSessionId: LANDMARK_SESSION } },
  ]).flat(),
];
