import type { WireChannelInfo, WireChat } from '../texter/wire.ts';

/** Who talks with whom on which channel: the triple that identifies a chat outside Texter. */
export interface ChannelInfo {
  /** REST's word for the channel, such as `whatsapp`; the enum is read from it. */
  readonly rawName: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly metadata: unknown;
}

/** A REST channel reference; null when one of its three parts is missing, because such a one leads nowhere. */
export function readChannelInfo(info: WireChannelInfo | null | undefined): ChannelInfo | null {
  if (!info?.name || !info.accountId || !info.id) return null;
  return {
    rawName: info.name,
    accountId: info.accountId,
    contactId: info.id,
    metadata: info.metadata ?? null,
  };
}

/**
 * A chat's channel reference, each missing part from the deprecated field that it replaced. Old chats write phone
 * numbers with a leading `+`, which references never have. Source: documentation pages "The Chat object" and
 * "Search Chats".
 */
export function channelInfoOf(chat: WireChat): ChannelInfo | null {
  const { channelInfo } = chat;
  return readChannelInfo({
    name: channelInfo?.name || chat.channel,
    accountId: channelInfo?.accountId || withoutPlus(chat.entityPhone),
    id: channelInfo?.id || withoutPlus(chat.clientPhoneE164 || chat.clientPhone),
    metadata: channelInfo?.metadata,
  });
}

function withoutPlus(phone: string | null | undefined): string | undefined {
  return phone?.replace(/^\+/, '');
}
