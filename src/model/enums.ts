/** One of Texter's enumerations: the GraphQL name of each value that REST is known to send. */
export interface WireEnum<Name extends string> {
  /** The GraphQL enum, as logs and metrics name it. */
  readonly typeName: string;
  readonly byWireValue: ReadonlyMap<string | number, Name>;
}

/** Told of each value that this schema does not know; the vendor adds values without notice. */
export type UnknownEnumValue = (typeName: string, value: string | number) => void;

function wireEnum<Name extends string>(
  typeName: string,
  entries: readonly (readonly [string | number, Name])[],
): WireEnum<Name> {
  return { typeName, byWireValue: new Map(entries) };
}

/** Source: documentation pages "The Chat object" and "Enums". */
export const CHAT_STATUS = wireEnum('ChatStatus', [
  [0, 'BOT'],
  [1, 'PENDING'],
  [2, 'ASSIGNED'],
  [3, 'RESOLVED'],
  [4, 'BULK'],
]);

/** Source: documentation page "Enums". Values are not a progression: 4, 5 and 6 end a message. */
export const MESSAGE_STATUS = wireEnum('MessageStatus', [
  [0, 'SENT'],
  [1, 'ACCEPTED'],
  [2, 'DELIVERED'],
  [3, 'SEEN'],
  [4, 'FAILED'],
  [5, 'CHANNEL_FAILED'],
  [6, 'DELETED'],
]);

export const CHANNEL_NAME = wireEnum('ChannelName', [
  ['whatsapp', 'WHATSAPP'],
  ['messenger', 'MESSENGER'],
  ['instagram', 'INSTAGRAM'],
  ['website_chat', 'WEBSITE_CHAT'],
  ['email', 'EMAIL'],
  ['sms', 'SMS'],
]);

export const MESSAGE_DIRECTION = wireEnum('MessageDirection', [
  ['incoming', 'INCOMING'],
  ['outgoing', 'OUTGOING'],
]);

export const MEDIA_TYPE = wireEnum('MessageMediaType', [
  ['image', 'IMAGE'],
  ['video', 'VIDEO'],
  ['document', 'DOCUMENT'],
  ['audio', 'AUDIO'],
  ['sticker', 'STICKER'],
]);

export type ChatStatus = 'BOT' | 'PENDING' | 'ASSIGNED' | 'RESOLVED' | 'BULK';
export type ChannelName = 'WHATSAPP' | 'MESSENGER' | 'INSTAGRAM' | 'WEBSITE_CHAT' | 'EMAIL' | 'SMS';

/** REST's word for a channel; its values are the lower-case names. */
export function channelWireName(name: ChannelName): string {
  return name.toLowerCase();
}

/** The GraphQL name of a REST value; null when REST sent none, and, after `onUnknown`, when it is new to us. */
export function readEnum<Name extends string>(
  wire: WireEnum<Name>,
  value: string | number | null | undefined,
  onUnknown: UnknownEnumValue,
): Name | null {
  if (value == null) return null;
  const name = wire.byWireValue.get(value);
  if (name === undefined) {
    onUnknown(wire.typeName, value);
    return null;
  }
  return name;
}
