import { isChatId } from '../texter/chat-id.ts';
import { decodeGlobalId, SEPARATOR } from './global-id.ts';

/** What reads a message again: Texter pages by time, so the time is part of the reference. */
export interface MessageReference {
  readonly chatId: string;
  /** Epoch ms. */
  readonly timestamp: number;
  readonly messageId: string;
}

export type NodeReference =
  | { readonly typename: 'Chat'; readonly chatId: string }
  | ({ readonly typename: 'Message' } & MessageReference);

const MAX_MESSAGE_ID_LENGTH = 128;
const TIMESTAMP = /^-?(0|[1-9][0-9]{0,15})$/;

/** The type-local part of a Message id; the builder puts the type's name before it. */
export function messageNodeId({ chatId, timestamp, messageId }: MessageReference): string {
  return `${chatId}${SEPARATOR}${timestamp}${SEPARATOR}${messageId}`;
}

/** What a global id points to; null when it is malformed or of a type that is no Node here. */
export function readNodeId(id: string): NodeReference | null {
  const decoded = decodeGlobalId(id);
  if (decoded === null) return null;
  const { typename, parts } = decoded;
  const [chatId = '', timestamp = '', ...rest] = parts;
  if (!isChatId(chatId)) return null;
  if (typename === 'Chat' && parts.length === 1) return { typename, chatId };
  if (typename !== 'Message' || !TIMESTAMP.test(timestamp)) return null;
  // Compared with what REST sends and never sent to it, so any text will do.
  const messageId = rest.join(SEPARATOR);
  if (messageId === '' || messageId.length > MAX_MESSAGE_ID_LENGTH) return null;
  return { typename, chatId, timestamp: Number(timestamp), messageId };
}
