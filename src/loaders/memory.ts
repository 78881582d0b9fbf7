import { LRUCache } from 'lru-cache';
import type { ChannelInfo } from '../model/channel-info.ts';
import { type Revision, revisionOf } from '../model/chat-views.ts';
import type { WireChat } from '../texter/wire.ts';

/** The views that are worth keeping: what one read lacks, the other has. */
export type KeptView = 'public' | 'record';

export interface MemoryOptions {
  /** Views kept; 0 switches the memory off. */
  readonly entries: number;
  readonly bytes: number;
  /** Longest life of a view, in ms; each is shortened by up to a fifth so that an inbox does not expire at once. */
  readonly ttlMs: number;
}

interface Kept {
  readonly revision: Revision;
  readonly chat: WireChat;
}

/** Larger records are rare and would push out hundreds of ordinary ones. */
const MAX_RECORD_BYTES = 256 * 1024;
/** Of all three names together; real ones are phone numbers and e-mail addresses. */
const MAX_CHANNEL_LENGTH = 1000;

/**
 * What one process remembers of one upstream between operations, by credential and chat:
 * - views, each true only for the revision that its own answer showed;
 * - channel references, which never change.
 *
 * Never holds an error, nor an answer without `updatedAt`.
 */
export class ChatMemory {
  readonly #views: LRUCache<string, Kept> | null;
  readonly #channels: LRUCache<string, ChannelInfo> | null;
  readonly #keysByChat = new Map<string, Set<string>>();
  readonly #ttlMs: number;
  #writes = 0;

  constructor({ entries, bytes, ttlMs }: MemoryOptions) {
    this.#ttlMs = ttlMs;
    const off = entries === 0 || ttlMs === 0;
    this.#channels = off ? null : new LRUCache({ max: entries });
    this.#views = off
      ? null
      : new LRUCache<string, Kept>({
          max: entries,
          maxSize: bytes,
          maxEntrySize: Math.min(MAX_RECORD_BYTES, bytes),
          dispose: (_kept, key, reason) => {
            if (reason !== 'set') this.#forgetKey(key);
          },
        });
  }

  /** The view as it was read for exactly this revision, if it is still remembered. */
  view(credential: string, view: KeptView, chatId: string, revision: Revision | null): WireChat | null {
    if (revision === null || this.#views === null) return null;
    const kept = this.#views.get(viewKey(credential, view, chatId));
    return kept?.revision === revision ? kept.chat : null;
  }

  /** Whether the record is remembered for some revision, so that learning the revision may save its read. */
  hasRecord(credential: string, chatId: string): boolean {
    return this.#views?.has(viewKey(credential, 'record', chatId)) ?? false;
  }

  /**
   * Keeps a view that was read. `writesBefore`: `writes` as it was when the read began; a write since then may have
   * changed what the read shows, and the answer is not kept.
   */
  keep(credential: string, view: KeptView, chatId: string, chat: WireChat, writesBefore: number): void {
    const revision = revisionOf(chat);
    if (revision === null || this.#views === null || writesBefore !== this.#writes) return;
    const key = viewKey(credential, view, chatId);
    const size = sizeOf(chat);
    if (size === Number.POSITIVE_INFINITY) return;
    this.#views.set(key, { revision, chat }, { size, ttl: this.#ttlMs * (1 - Math.random() / 5) });
    if (!this.#views.has(key)) {
      // Too large to keep: what was known before went with it.
      this.#forgetKey(key);
      return;
    }
    const keys = this.#keysByChat.get(chatId);
    if (keys) keys.add(key);
    else this.#keysByChat.set(chatId, new Set([key]));
  }

  /** Counts the beginnings and ends of writes through this process. */
  get writes(): number {
    return this.#writes;
  }

  /** Drops what is known of a chat, for every credential. To be called before a write is sent, and when it has ended. */
  evict(chatId: string): void {
    this.#writes += 1;
    for (const key of [...(this.#keysByChat.get(chatId) ?? [])]) this.#views?.delete(key);
  }

  channel(credential: string, chatId: string): ChannelInfo | null {
    return this.#channels?.get(`${credential}\n${chatId}`) ?? null;
  }

  keepChannel(credential: string, chatId: string, { rawName, accountId, contactId }: ChannelInfo): void {
    // The names are all that a search needs; the rest is open JSON of any size.
    if (rawName.length + accountId.length + contactId.length > MAX_CHANNEL_LENGTH) return;
    this.#channels?.set(`${credential}\n${chatId}`, { rawName, accountId, contactId, metadata: null });
  }

  #forgetKey(key: string): void {
    const chatId = key.slice(key.lastIndexOf('\n') + 1);
    const keys = this.#keysByChat.get(chatId);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysByChat.delete(chatId);
  }
}

function viewKey(credential: string, view: KeptView, chatId: string): string {
  return `${credential}\n${view}\n${chatId}`;
}

/** Bytes of JSON; infinite for what nests too deep to be written. */
function sizeOf(chat: WireChat): number {
  try {
    return Buffer.byteLength(JSON.stringify(chat));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
