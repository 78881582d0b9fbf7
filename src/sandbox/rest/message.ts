import type { ChannelInfo } from './chat.ts';

/**
 * A message as REST returns it. A system message has `systemMessage: true` and no type, direction, status or
 * content. Source: documentation page "Message"; the content members by type stand under the index signature.
 */
export interface Message {
  readonly _id: string;
  /** Epoch ms. */
  readonly timestamp: number;
  readonly parent_chat?: string;
  readonly chatChannelInfo?: ChannelInfo;
  /** The provider's reference of the message, not a contact. */
  readonly channelInfo?: { readonly id: string };
  readonly updatedAt?: string;
  readonly systemMessage?: true;
  readonly newChatStatus?: number;
  readonly direction?: string;
  readonly type?: string;
  readonly status?: number;
  readonly statusHistory?: readonly { readonly status: number; readonly timestamp: number }[];
  /** On outgoing messages: "Bot" or the uid of an agent. */
  readonly agent?: string;
  readonly botSessionId?: string;
  readonly metadata?: unknown;
  readonly reactions?: unknown;
  readonly text?: string;
  readonly media?: readonly MediaItem[];
  readonly [member: string]: unknown;
}

export interface MediaItem {
  readonly mediaType: string;
  readonly fileId?: string;
  readonly previewId?: string;
  readonly filename?: string;
  readonly contentType?: string;
  readonly caption?: string;
  readonly url?: string;
  readonly scanned?: boolean;
  /** Epoch ms; there when the file was deleted. */
  readonly deleted?: { readonly timestamp: number };
  readonly metadata?: Readonly<Record<string, unknown>>;
}
