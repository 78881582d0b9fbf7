import { type ChannelInfo, channelInfoOf } from '../model/channel-info.ts';
import { beyondRecord, type Revision, shows } from '../model/chat-views.ts';
import type { WireChat } from '../texter/wire.ts';
import { Generations, type Sized } from './generations.ts';

/** The views that are worth keeping: what one read lacks, the other has. */
export type KeptView = 'public' | 'record';

export interface MemoryOptions {
  /** Chats kept, each credential's apart; 0 switches the memory off. */
  readonly entries: number;
  readonly bytes: number;
  /** Longest life of a view, in ms; each is shortened by up to a fifth so that an inbox does not expire at once. */
  readonly ttlMs: number;
}

interface Kept {
  readonly chat: WireChat;
  readonly bytes: number;
  /** `writes` when the read began. */
  readonly writes: number;
  /** On the clock of `performance.now`, in whole ms, which V8 keeps without a box. */
  readonly expiresAt: number;
}

/** What one credential has seen of one chat. Replaced as a whole, because the cache weighs an entry once. */
interface Remembered extends Sized {
  readonly channel: ChannelInfo | null;
  readonly public: Kept | null;
  readonly record: Kept | null;
}

/** Larger records are rare and would push out hundreds of ordinary ones. */
const MAX_RECORD_BYTES = 256 * 1024;
/** Of all three names together; real ones are phone numbers and e-mail addresses. */
const MAX_CHANNEL_LENGTH = 1000;

const NO_VIEWS = { public: null, record: null };

/**
 * What one process remembers of one upstream between operations, by credential and chat:
 * - views, each true only for the revision that its own answer showed;
 * - channel references, which never change.
 *
 * Never holds an error, nor an answer without `updatedAt`. Every read passes here, so all that is known of a chat is
 * one entry, with no index beside the cache. Its size is that of the answers it came in.
 */
export class ChatMemory {
  readonly #chats: Generations<Remembered> | null;
  readonly #maxBytes: number;
  readonly #maxRecordBytes: number;
  readonly #ttlMs: number;
  /** The chats written to within the TTL, oldest first. What was read of them before is void; all older views are dead. */
  readonly #written = new Map<string, { readonly writes: number; readonly at: number }>();
  #writes = 0;

  constructor({ entries, bytes, ttlMs }: MemoryOptions) {
    this.#ttlMs = ttlMs;
    this.#maxBytes = bytes;
    // An entry weighs one more than its views.
    this.#maxRecordBytes = Math.min(MAX_RECORD_BYTES, bytes - 1);
    this.#chats = entries === 0 || ttlMs === 0 ? null : new Generations(entries, bytes, revive);
  }

  /** The view as it was read for exactly this revision, if it is still remembered. */
  view(credential: string, view: KeptView, chatId: string, revision: Revision | null): WireChat | null {
    if (revision === null || this.#chats === null) return null;
    const kept = this.#chats.get(credential, chatId)?.[view];
    if (kept == null || !shows(kept.chat, revision)) return null;
    return this.#holds(kept, chatId) ? kept.chat : null;
  }

  /** Whether the record is remembered for some revision, so that learning the revision may save its read. */
  hasRecord(credential: string, chatId: string): boolean {
    const kept = this.#chats?.get(credential, chatId)?.record;
    return kept != null && this.#holds(kept, chatId);
  }

  /**
   * Keeps a view that was read, and returns whether it did. `writesBefore`: `writes` as it was when the read began; a
   * write since then may have changed what the read shows. `bytes`: the size of its JSON, where that is known.
   */
  keep(
    credential: string,
    view: KeptView,
    chatId: string,
    chat: WireChat,
    writesBefore: number,
    bytes?: number,
  ): boolean {
    if (this.#chats === null || !this.#mayKeep(chat, writesBefore)) return false;
    const size = bytes ?? sizeOf(chat);
    const fits = size <= this.#maxRecordBytes;
    const kept = fits ? { chat, bytes: size, writes: writesBefore, expiresAt: this.#expiry() } : null;
    const known = this.#chats.get(credential, chatId);
    let other = known?.[view === 'public' ? 'record' : 'public'] ?? null;
    // What fits alone must not be lost for what was there before it.
    if (fits && other !== null && size + other.bytes >= this.#maxBytes) other = null;
    // What is too large to keep still takes the place of what was known before.
    const views = view === 'public' ? { public: kept, record: other } : { public: other, record: kept };
    this.#remember(credential, chatId, known?.channel ?? null, views);
    return fits;
  }

  /**
   * Keeps what a public view tells beyond the record, and returns whether it did; see `keep`. `text`: the JSON that the
   * view was decoded from.
   */
  keepPublic(
    credential: string,
    chatId: string,
    chat: WireChat,
    text: string,
    writesBefore: number,
  ): boolean {
    if (this.#chats === null || !this.#mayKeep(chat, writesBefore)) return false;
    const bytes = Buffer.byteLength(text);
    const head = `${writesBefore},${this.#expiry()},`;
    if (bytes <= this.#maxRecordBytes && this.#chats.setText(credential, chatId, head, text)) return true;
    return this.keep(credential, 'public', chatId, beyondRecord(chat), writesBefore, bytes);
  }

  /** Counts the beginnings and ends of writes through this process. */
  get writes(): number {
    return this.#writes;
  }

  /** Voids the views of a chat, for every credential. To be called before a write is sent, and when it has ended. */
  evict(chatId: string): void {
    if (this.#chats === null) return;
    this.#writes += 1;
    const now = performance.now();
    for (const [id, { at }] of this.#written) {
      if (at + this.#ttlMs > now) break;
      this.#written.delete(id);
    }
    this.#written.delete(chatId);
    this.#written.set(chatId, { writes: this.#writes, at: now });
  }

  /** From a view of any age and revision, or as it was told to `keepChannel`. */
  channel(credential: string, chatId: string): ChannelInfo | null {
    const known = this.#chats?.get(credential, chatId);
    if (known === undefined) return null;
    return known.channel ?? keptChannel(known.public) ?? keptChannel(known.record);
  }

  /** For a channel whose view was not kept. */
  keepChannel(credential: string, chatId: string, { rawName, accountId, contactId }: ChannelInfo): void {
    // The names are all that a search needs; the rest is open JSON of any size.
    if (rawName.length + accountId.length + contactId.length > MAX_CHANNEL_LENGTH) return;
    const known = this.#chats?.get(credential, chatId) ?? NO_VIEWS;
    this.#remember(credential, chatId, { rawName, accountId, contactId, metadata: null }, known);
  }

  #remember(
    credential: string,
    chatId: string,
    channel: ChannelInfo | null,
    { public: publicView, record }: Pick<Remembered, KeptView>,
  ): void {
    const bytes = 1 + (publicView?.bytes ?? 0) + (record?.bytes ?? 0);
    this.#chats?.set(credential, chatId, { bytes, channel, public: publicView, record });
  }

  /** Whether an answer has a revision, and was not overtaken by a write. */
  #mayKeep(chat: WireChat, writesBefore: number): boolean {
    return chat.updatedAt != null && writesBefore === this.#writes;
  }

  /** When a view that is kept now expires: see `Kept`. */
  #expiry(): number {
    return Math.floor(performance.now() + this.#ttlMs * (1 - Math.random() / 5));
  }

  /** Whether a kept view is neither too old nor from before a write. */
  #holds({ writes, expiresAt }: Kept, chatId: string): boolean {
    return performance.now() < expiresAt && writes >= (this.#written.get(chatId)?.writes ?? 0);
  }
}

/** What `keepPublic` has kept. */
function revive(text: string): Remembered {
  const [writes, expiresAt, chat]: [number, number, WireChat] = JSON.parse(`[${text}]`);
  const kept = { chat: beyondRecord(chat), bytes: Buffer.byteLength(text), writes, expiresAt };
  return { bytes: 1 + kept.bytes, channel: null, public: kept, record: null };
}

function keptChannel(kept: Kept | null): ChannelInfo | null {
  return kept && channelInfoOf(kept.chat);
}

/** Bytes of JSON; infinite for what nests too deep to be written. */
function sizeOf(chat: WireChat): number {
  try {
    return Buffer.byteLength(JSON.stringify(chat));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
