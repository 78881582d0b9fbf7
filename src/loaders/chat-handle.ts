import type { ChannelInfo } from '../model/channel-info.ts';
import { CHAT_FIELDS, type ChatField } from '../model/chat-fields.ts';
import { type ChatView, type Revision, revisionOf } from '../model/chat-views.ts';
import type { WireChat } from '../texter/wire.ts';
import type { ChatViews } from './chat-views.ts';
import type { PublicRead } from './public-read.ts';

interface Held {
  readonly view: ChatView;
  readonly chat: WireChat;
  /** The round of the read that brought it. */
  readonly round: number;
}

/**
 * One chat within one operation: its id, and the views that reads have brought so far. Every alias, list and
 * entity that names the chat shares the handle, so that no view is read twice. (A DataLoader would do that too, as it
 * does for messages; here the handle is its cache already, and there is nothing to batch.)
 */
export class ChatHandle {
  readonly chatId: string;
  /** Reads that had to be answered before the chat's id was known. */
  knownAfter: number;
  readonly #views: ChatViews;
  #held: readonly Held[] = [];
  #public: PublicRead | undefined;
  #record: Promise<WireChat> | undefined;
  #channelHint: { readonly channel: ChannelInfo; readonly round: number } | null = null;

  constructor(chatId: string, knownAfter: number, views: ChatViews) {
    this.chatId = chatId;
    this.knownAfter = knownAfter;
    this.#views = views;
  }

  /** Takes in a view that was just read. */
  hold(view: ChatView, chat: WireChat, round: number): void {
    const held = { view, chat, round };
    if (this.#held.length === 0) {
      // The usual case, and the smallest list there is; one that is added to takes sixteen places.
      this.#held = [held];
      return;
    }
    const at = this.#held.findIndex((known) => known.view === view);
    this.#held = at === -1 ? [...this.#held, held] : this.#held.with(at, held);
  }

  /** Whether the caller gave the id, rather than an answer of Texter's. */
  get isNamedByCaller(): boolean {
    return this.knownAfter === 0;
  }

  /** Takes in the chat's channel reference, learnt from one of its messages that was read in this round. */
  hintChannel(channel: ChannelInfo, round: number): void {
    this.#channelHint ??= { channel, round };
  }

  /** What is known of the channel without a further read: it never changes, so any source will do. */
  channelHint(): ChannelInfo | null {
    for (const view of this.#held) {
      const channel = CHAT_FIELDS.channelInfo.read(view.chat);
      if (channel !== null) return channel;
    }
    return this.#channelHint?.channel ?? null;
  }

  /** Whether any read has shown the chat, so that it exists. */
  isHeld(): boolean {
    return this.#held.length > 0;
  }

  /** A view that this operation has read, or null. */
  held(view: ChatView): Held | null {
    for (const held of this.#held) if (held.view === view) return held;
    return null;
  }

  /** The revision that the freshest view at hand shows; null when none is at hand. */
  revision(): Revision | null {
    for (const { chat } of this.#held) return revisionOf(chat);
    return null;
  }

  /** The round of the latest read that told something of the chat; reads that need it come after. */
  latestRound(): number {
    let latest = Math.max(this.knownAfter, this.#channelHint?.round ?? 0);
    for (const { round } of this.#held) latest = Math.max(latest, round);
    return latest;
  }

  /**
   * A field's value: at once from a view at hand that carries it, else by reading the cheapest view that does.
   * Costs no call, one, or (a field of the record, when the channel is not known) two; see ChatViews.
   * Throws `NOT_FOUND`, `RECORD_UNAVAILABLE` and what the reads throw.
   */
  get<T>(field: ChatField<T>): T | null | Promise<T | null> {
    for (const view of field.views) {
      const held = this.held(view);
      if (held !== null) return this.#answer(field, held.chat);
    }
    const remembered = field.views.includes('public') ? this.#recall() : null;
    return remembered === null ? this.#read(field) : this.#answer(field, remembered);
  }

  /**
   * Starts the read of the public view if `get` would wait for it: for look-ahead, which must not wait. The record is
   * left to its field: it comes after the public view in any case, and until then a list or a message may spare it.
   */
  prefetch(field: ChatField<unknown>): void {
    if (!field.views.includes('public')) return;
    for (const view of field.views) if (this.held(view) !== null) return;
    this.readPublic();
  }

  /** The read of the public view, which begins with this unless it has begun; null where the view is at hand. */
  readPublic(): PublicRead | null {
    return this.#publicAtHand() === null ? this.#begunPublic() : null;
  }

  /** The public view, read when it is first asked for. Costs and throws what `ChatViews.public` does. */
  public(): Promise<WireChat> {
    const known = this.#publicAtHand();
    return known === null ? this.#begunPublic().promise() : Promise.resolve(known);
  }

  get isPublicAsked(): boolean {
    return this.#public !== undefined;
  }

  /** Takes in the public view that is remembered for the revision at hand: at once, so that a list stays synchronous. */
  #recall(): WireChat | null {
    if (this.#public !== undefined) return null;
    const remembered = this.#views.remembered('public', this);
    if (remembered !== null) this.hold('public', remembered, this.latestRound());
    return remembered;
  }

  #publicAtHand(): WireChat | null {
    return this.held('public')?.chat ?? this.#recall();
  }

  #begunPublic(): PublicRead {
    this.#public ??= this.#views.public(this);
    return this.#public;
  }

  #readRecord(): Promise<WireChat> {
    this.#record ??= this.#views.record(this);
    return this.#record;
  }

  /** Reads a view that carries the field, and takes the field's value from it. */
  #read<T>(field: ChatField<T>): Promise<T | null> {
    const read = field.views.includes('public') ? this.#begunPublic().promise() : this.#readRecord();
    return read.then((chat) => this.#answer(field, chat));
  }

  #answer<T>(field: ChatField<T>, chat: WireChat): T | null {
    const value = field.read(chat);
    if (value !== null || field.fallback === undefined) return value;
    for (const held of this.#held) {
      const older = field.fallback(held.chat);
      if (older !== null) return older;
    }
    return null;
  }
}
