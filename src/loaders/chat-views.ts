import { GatewayError } from '../errors.ts';
import type { ChannelInfo } from '../model/channel-info.ts';
import { CHAT_FIELDS } from '../model/chat-fields.ts';
import { beyondRecord } from '../model/chat-views.ts';
import type { WireChat } from '../texter/wire.ts';
import type { ChatHandle } from './chat-handle.ts';
import { findRecord, hasSearchableContacts } from './chat-record.ts';
import type { ChatMemory, KeptView } from './memory.ts';
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
    if (remembered !== null) this.#upstream.countRemembered();
    return remembered;
  }

  /** Get Chat by ID. Null when there is no such chat. One REST call. */
  public(chat: ChatHandle): Promise<WireChat | null> {
    const round = chat.knownAfter + 1;
    const { writes } = this.#memory;
    let bytes: number | undefined;
    return this.#upstream
      .call({
        round,
        fromCaller: chat.isNamedByCaller,
        send: (client, options) => client.getChat(chat.chatId, options),
        onAnswer: (size) => {
          bytes = size;
        },
      })
      .then((answer) => {
        chat.hold('public', answer, round);
        this.#keepPublic(chat.chatId, answer, writes, bytes);
        return answer;
      }, nullIfNotFound);
  }

  #keepPublic(chatId: string, answer: WireChat, writes: number, bytes: number | undefined): void {
    const { token } = this.#upstream;
    if (this.#memory.keep(token, 'public', chatId, beyondRecord(answer), writes, bytes)) return;
    const channel = CHAT_FIELDS.channelInfo.read(answer);
    if (channel !== null) this.#memory.keepChannel(token, chatId, channel);
  }

  /**
   * The search record, found by contact and channel; null when there is no such chat, `RECORD_UNAVAILABLE` when
   * search does not show it. One REST call when the channel is known, one more to learn it, none when the record is
   * remembered for the revision at hand; up to three more where contact ids are not searchable.
   */
  async record(chat: ChatHandle): Promise<WireChat | null> {
    // The other fields of the selection say first whether they want the public view.
    await undefined;
    const { token } = this.#upstream;
    const channelKnown = chat.channelHint() ?? this.#memory.channel(token, chat.chatId);
    if (!chat.isHeld() && this.#needsPublicFirst(chat, channelKnown) && (await chat.public()) === null) {
      return null;
    }
    const remembered = this.remembered('record', chat);
    if (remembered !== null) return remembered;
    const { writes } = this.#memory;
    const found = await findRecord(this.#upstream, chat, channelKnown ?? chat.channelHint(), () =>
      chat.public(),
    );
    if (found === null) return null;
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
