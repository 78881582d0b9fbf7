import { GatewayError } from '../errors.ts';
import type { ChannelInfo } from '../model/channel-info.ts';
import { CHAT_FIELDS } from '../model/chat-fields.ts';
import { beyondRecord } from '../model/chat-views.ts';
import type { CallOptions, TexterClient } from '../texter/client.ts';
import type { WireChat } from '../texter/wire.ts';
import type { ChatHandle } from './chat-handle.ts';
import { findRecord, hasSearchableContacts } from './chat-record.ts';
import type { ChatMemory, KeptView } from './memory.ts';
import type { Call, Upstream } from './upstream.ts';

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

  /** Get Chat by ID. Throws `NOT_FOUND` when there is no such chat. One REST call. */
  public(chat: ChatHandle): Promise<WireChat> {
    return this.#upstream.call(new PublicRead(chat, this.#upstream.token, this.#memory));
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

/** Get Chat by ID of one chat. An inbox has many under way at once: one object holds all that is known of each. */
class PublicRead implements Call<WireChat> {
  readonly round: number;
  readonly fromCaller: boolean;
  readonly #chat: ChatHandle;
  readonly #token: string;
  readonly #memory: ChatMemory;
  /** `ChatMemory.writes` as it was when the read began. */
  readonly #writesBefore: number;

  constructor(chat: ChatHandle, token: string, memory: ChatMemory) {
    this.round = chat.knownAfter + 1;
    this.fromCaller = chat.isNamedByCaller;
    this.#chat = chat;
    this.#token = token;
    this.#memory = memory;
    this.#writesBefore = memory.writes;
  }

  send(client: TexterClient, options: CallOptions): Promise<WireChat> {
    return client.getChat(this.#chat.chatId, options);
  }

  /** The handle and the memory take the view in. */
  onAnswer(answer: WireChat, bytes: number): void {
    const { chatId } = this.#chat;
    this.#chat.hold('public', answer, this.round);
    const beyond = beyondRecord(answer);
    if (this.#memory.keep(this.#token, 'public', chatId, beyond, this.#writesBefore, bytes)) return;
    const channel = CHAT_FIELDS.channelInfo.read(answer);
    if (channel !== null) this.#memory.keepChannel(this.#token, chatId, channel);
  }
}

/** For reads where "not there" is an answer. */
export function nullIfNotFound(error: unknown): null {
  if (error instanceof GatewayError && error.code === 'NOT_FOUND') return null;
  throw error;
}
