import type { WireMessage } from '../texter/wire.ts';
import type { Documented } from './documented.ts';
import { isJsonObject } from './json.ts';
import type { MessageMedia } from './media.ts';
import { isSystemMessage } from './message.ts';
import { type MessageContact, messageContact } from './message-contact.ts';
import { type MessageLocation, messageLocation } from './message-location.ts';

type WireList = NonNullable<WireMessage['list']>;
type WirePostback = NonNullable<WireMessage['postback']>;

export type MessageButton = Documented<NonNullable<WireMessage['buttons']>[number]>;
export type MessageListSection = Documented<NonNullable<WireList['sections']>[number]>;
export type MessageListRow = Documented<NonNullable<MessageListSection['rows']>[number]>;

/** What a message says. `kind` is the name of its type in the union `MessageContent`. */
export type MessageContent =
  | MessageTextContent
  | MessageMediaContent
  | MessageButtonsContent
  | MessageListContent
  | MessagePostbackContent
  | MessageContactsContent
  | MessageLocationContent
  | MessageSpecialContent
  | MessageSystemContent
  | MessageUnknownContent;

export interface MessageTextContent {
  readonly kind: 'MessageTextContent';
  readonly text: string | null;
}

export interface MessageMediaContent {
  readonly kind: 'MessageMediaContent';
  readonly text: string | null;
  readonly items: readonly MessageMedia[];
}

export interface MessageButtonsContent {
  readonly kind: 'MessageButtonsContent';
  readonly text: string | null;
  readonly buttons: readonly MessageButton[];
}

export interface MessageListContent {
  readonly kind: 'MessageListContent';
  readonly text: string | null;
  readonly button: string | null;
  readonly sections: readonly MessageListSection[];
}

export interface MessagePostbackContent {
  readonly kind: 'MessagePostbackContent';
  readonly payload: string | null;
  readonly title: string | null;
  readonly description: string | null;
}

export interface MessageContactsContent {
  readonly kind: 'MessageContactsContent';
  readonly contacts: readonly MessageContact[];
}

export interface MessageLocationContent extends MessageLocation {
  readonly kind: 'MessageLocationContent';
}

export interface MessageSpecialContent {
  readonly kind: 'MessageSpecialContent';
  readonly text: string | null;
  readonly special: NonNullable<unknown>;
}

export interface MessageSystemContent {
  readonly kind: 'MessageSystemContent';
  /** REST's number; the enum is read from it. */
  readonly newChatStatus: number | null;
  readonly details: Record<string, unknown>;
}

export interface MessageUnknownContent {
  readonly kind: 'MessageUnknownContent';
  readonly type: string | null;
  readonly raw: WireMessage;
}

/**
 * What a message says, by its `type`. Total and lossless: a type that is new to us, or a known one whose own
 * member is missing or unreadable, is shown raw. Source: documentation page "Message".
 */
export function messageContent(wire: WireMessage): MessageContent {
  if (isSystemMessage(wire)) return systemContent(wire);
  return knownContent(wire) ?? { kind: 'MessageUnknownContent', type: wire.type ?? null, raw: wire };
}

function knownContent(wire: WireMessage): MessageContent | null {
  const { media, buttons, list, postback, contacts, location, special } = wire;
  const text = wire.text ?? null;
  switch (wire.type) {
    // The documentation says that not every text message has a text.
    case 'text':
      return { kind: 'MessageTextContent', text };
    case 'media':
      return media ? { kind: 'MessageMediaContent', text, items: media } : null;
    case 'buttons':
      return buttons ? { kind: 'MessageButtonsContent', text, buttons } : null;
    case 'list':
      return list ? listContent(text, list) : null;
    case 'postback':
      return postback ? postbackContent(postback) : null;
    case 'contacts':
      return contacts ? contactsContent(contacts) : null;
    case 'location':
      return isJsonObject(location) ? { kind: 'MessageLocationContent', ...messageLocation(location) } : null;
    case 'special':
      return special == null ? null : { kind: 'MessageSpecialContent', text, special };
    default:
      return null;
  }
}

function listContent(text: string | null, list: WireList): MessageListContent {
  return { kind: 'MessageListContent', text, button: list.button ?? null, sections: list.sections ?? [] };
}

function postbackContent(postback: WirePostback): MessagePostbackContent {
  const { payload = null, title = null, description = null } = postback;
  return { kind: 'MessagePostbackContent', payload, title, description };
}

function contactsContent(contacts: readonly unknown[]): MessageContactsContent {
  const cards = contacts.filter((card) => card != null);
  return { kind: 'MessageContactsContent', contacts: cards.map(messageContact) };
}

/** Beside the status, the documentation names no member of system messages: all that is not routing is passed on. */
function systemContent(wire: WireMessage): MessageSystemContent {
  const {
    _id,
    parent_chat,
    chatChannelInfo,
    channelInfo,
    timestamp,
    updatedAt,
    systemMessage,
    newChatStatus = null,
    ...details
  } = wire;
  return { kind: 'MessageSystemContent', newChatStatus, details };
}
