import { messagePage, type WireMessage } from '../../../src/texter/wire.ts';

/** A message as the REST client would hand it over: checked at the border, with these members and no others. */
export function wireMessage(members: Record<string, unknown>): WireMessage {
  const sent = { _id: '65f1a2b3c4d5e6f708192a3b', timestamp: 1_700_000_000_000, ...members };
  const [message] = messagePage.parse({ messages: [sent] }).messages;
  if (message === undefined) throw new Error('one message goes in, one comes out');
  return message;
}
