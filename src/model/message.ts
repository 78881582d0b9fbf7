import type { WireMessage } from '../texter/wire.ts';

/** What stands behind a `Message`: REST's record, and the chat that it was read from. */
export interface MessageNode {
  readonly chatId: string;
  readonly wire: WireMessage;
  /** The round of the read that brought it. */
  readonly round: number;
}

export type MessageSenderKind = 'CONTACT' | 'BOT' | 'AGENT' | 'OTHER' | 'SYSTEM';

export interface MessageSender {
  readonly kind: MessageSenderKind;
  readonly agentUid: string | null;
}

const SYSTEM: MessageSender = { kind: 'SYSTEM', agentUid: null };
const CONTACT: MessageSender = { kind: 'CONTACT', agentUid: null };
const BOT: MessageSender = { kind: 'BOT', agentUid: null };
const OTHER: MessageSender = { kind: 'OTHER', agentUid: null };

/** A record of what happened to the chat, rather than something that somebody said. */
export function isSystemMessage(wire: WireMessage): boolean {
  return wire.systemMessage === true;
}

/** REST's word for the direction; null on system messages. */
export function messageDirection(wire: WireMessage): string | null {
  return isSystemMessage(wire) ? null : (wire.direction ?? null);
}

/** REST's delivery status, 0 to 6 today; null on system messages. */
export function messageStatus(wire: WireMessage): number | null {
  return isSystemMessage(wire) ? null : (wire.status ?? null);
}

/** The channel's own id of the message. System messages carry a placeholder there, which is not passed on. */
export function providerMessageId(wire: WireMessage): string | null {
  return isSystemMessage(wire) ? null : wire.channelInfo?.id || null;
}

/** Who wrote the message. Source: documentation pages "Message" (`agent` is `Bot` or a uid) and "Send a Message". */
export function messageSender(wire: WireMessage): MessageSender {
  if (isSystemMessage(wire)) return SYSTEM;
  if (wire.direction === 'incoming') return CONTACT;
  // Without an agent it came over the API or from the channel's own app; with a new direction nothing can be told.
  if (wire.direction !== 'outgoing' || !wire.agent) return OTHER;
  return wire.agent === 'Bot' ? BOT : { kind: 'AGENT', agentUid: wire.agent };
}
