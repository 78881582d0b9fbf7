import { GatewayError } from '../errors.ts';
import type { ChannelInfo } from '../model/channel-info.ts';
import type { WireChat } from '../texter/wire.ts';
import type { ChatHandle } from './chat-handle.ts';
import { findRecord, hasSearchableContacts } from './chat-record.ts';
import type { ChatMemory, KeptView } from './memory.ts';
import { PublicRead } from './public-read.ts';
import type { Upstream } from './upstream.ts';

/** The two reads that bring a view of a known chat. A handle asks for each at most once in an operation. */
export class ChatViews {
  readonly #upstream: Upstream;
  readonly #memory: ChatMemory;

  constructor(upstream: Upstream, memory: ChatMemory) {
    this.#upstream = upstream;
    this.#memory = memory;
  }

  /** The view remembered for the revision at hand, or null. No REST call. */
  remembered(view: KeptView, chat: ChatHandle): WireChat | null {
    const remembered = this.#memory.view(this.#upstream.token, view, chat.chatId, chat.revision());
    if (remembered !== null) this.#upstream.countReused('revision');
    return remembered;
  }

  /** Begins Get Chat by ID. One REST call. */
  public(chat: ChatHandle): PublicRead {
    const read = new PublicRead(chat, this.#upstream, this.#memory);
    read.begin();
    return read;
  }

  /**
   * The search record, found by contact and channel. Throws `NOT_FOUND` when there is no such chat, and
   * `RECORD_UNAVAILABLE` when search does not show it. One REST call when the channel is known, one more to learn it,
   * none when the record is remembered for the revision at hand; up to three more where contact ids are not searchable.
   */
  async record(chat: ChatHandle): Promise<WireChat> {
    // The other fields of the selection say first whether they want the public view.
    await undefined;
    const { token } = this.#upstream;
    const channelKnown = chat.channelHint() ?? this.#memory.channel(token, chat.chatId);
    if (!chat.isHeld() && this.#needsPublicFirst(chat, channelKnown)) await chat.public();
    const remembered = this.remembered('record', chat);
    if (remembered !== null) return remembered;
    const { writes } = this.#memory;
    const found = await findRecord(this.#upstream, chat, channelKnown ?? chat.channelHint(), () =>
      chat.public(),
    );
    chat.hold('record', found.record, found.round);
    this.#memory.keep(token, 'record', chat.chatId, found.record, writes);
    return found.record;
  }

  /**
   * The public view tells the channel, and the revision for which a remembered record is still true. Where one search
   * surely finds the record, that revision saves nothing; elsewhere the search may take three.
   */
  #needsPublicFirst(chat: ChatHandle, channel: ChannelInfo | null): boolean {
    if (channel === null || chat.isPublicAsked) return true;
    return !hasSearchableContacts(channel) && this.#memory.hasRecord(this.#upstream.token, chat.chatId);
  }
}

/** For reads where "not there" is an answer. */
export function nullIfNotFound(error: unknown): null {
  if (error instanceof GatewayError && error.code === 'NOT_FOUND') return null;
  throw error;
}
