import { badUserInput, GatewayError } from '../errors.ts';
import { channelInfoOf, readChannelInfo } from '../model/channel-info.ts';
import { type CrmMergingMode, WIRE_MERGING_MODE } from '../model/crm-data.ts';
import { type ChannelName, channelWireName } from '../model/enums.ts';
import type { MessageNode } from '../model/message.ts';
import type { ConnectionArguments } from '../paging/arguments.ts';
import { isChatId } from '../texter/chat-id.ts';
import { crmRequest } from '../texter/endpoints.ts';
import type { ChatRecord } from '../texter/wire.ts';
import { type ChatFilter, isSearchable, readChatFilter } from './chat-filter.ts';
import { ChatHandle } from './chat-handle.ts';
import { type ChatPage, readChatPage } from './chat-page.ts';
import { hasSearchableContacts, searchContact } from './chat-record.ts';
import { ChatViews, nullIfNotFound } from './chat-views.ts';
import type { ChatMemory } from './memory.ts';
import { allEnded, type PublicRead } from './public-read.ts';
import type { Upstream } from './upstream.ts';

/** One chat by the three values that name it on its channel. */
export interface ChannelReference {
  readonly name: ChannelName;
  readonly accountId: string;
  readonly contactId: string;
}

/** Every way chats enter an operation. All of them hand out the same handle for the same chat. */
export class ChatLoaders {
  readonly #upstream: Upstream;
  readonly #memory: ChatMemory;
  readonly #maxPageSize: number;
  readonly #views: ChatViews;
  #handles = new Map<string, ChatHandle>();

  constructor(upstream: Upstream, memory: ChatMemory, maxPageSize: number) {
    this.#upstream = upstream;
    this.#memory = memory;
    this.#maxPageSize = maxPageSize;
    this.#views = new ChatViews(upstream, memory);
  }

  /** The chat with this id, existing or not; no REST call. `BAD_USER_INPUT` for what cannot be a chat's id. */
  byId(chatId: string): ChatHandle {
    if (!isChatId(chatId))
      throw badUserInput('This is not the id of a chat: letters, digits, _ and - make one.');
    return this.#handle(chatId, 0);
  }

  /** The chat of a message, at no cost. The message tells the channel, which saves a read later. */
  ofMessage({ chatId, wire, round }: MessageNode): ChatHandle {
    const chat = this.#handles.get(chatId) ?? this.#handle(chatId, round);
    const channel = readChannelInfo(wire.chatChannelInfo);
    if (channel !== null) chat.hintChannel(channel, round);
    return chat;
  }

  /** The chat if Texter has it, else null. One REST call, none when a view of it is at hand. */
  ifThere(chat: ChatHandle): Promise<ChatHandle | null> {
    if (chat.isHeld()) return Promise.resolve(chat);
    return chat.public().then(() => chat, nullIfNotFound);
  }

  /**
   * The chat with a contact on an account; null when there is none, `RECORD_UNAVAILABLE` where search may not
   * know the channel's contacts and found nothing. One REST call, up to three while other contacts fill the pages.
   */
  async byChannel({ name, accountId, contactId }: ChannelReference): Promise<ChatHandle | null> {
    const channel = {
      rawName: channelWireName(name),
      accountId,
      contactId: contactId.replace(/^\+/, ''),
      metadata: null,
    };
    if (!isSearchable(channel.contactId))
      throw badUserInput('channel.contactId needs at least 2 characters.');
    const matches = (candidate: ChatRecord) => {
      const found = channelInfoOf(candidate);
      return (
        found?.rawName === channel.rawName &&
        found.accountId === channel.accountId &&
        found.contactId === channel.contactId
      );
    };
    const search = { round: 1, matches, fromCaller: true };
    const { record, round, isExhaustive } = await searchContact(this.#upstream, channel, search);
    if (record) return this.#adopt(record, round);
    if (hasSearchableContacts(channel) && isExhaustive) return null;
    throw new GatewayError(
      'RECORD_UNAVAILABLE',
      isExhaustive
        ? 'Nothing was found, but Texter may not search the contact ids of this channel.'
        : 'The chat is not among the first 300 that match this contact, and there are more.',
    );
  }

  /** A page of chats by newest activity. One REST call while the list stands still. */
  page(filter: ChatFilter, args: ConnectionArguments): Promise<ChatPage> {
    const search = readChatFilter(filter);
    return readChatPage(this.#upstream, search, args, this.#maxPageSize, (record, round) =>
      this.#adopt(record, round),
    );
  }

  /**
   * Reads the public views that are not at hand of several chats, and resolves when all have ended, well or not: a failure
   * is for the field to report that asks for the view. Undefined where all are at hand. One REST call for each of the others.
   */
  readPublicViews(chats: readonly ChatHandle[]): Promise<void> | undefined {
    const reads: PublicRead[] = [];
    for (const chat of chats) {
      const read = chat.readPublic();
      if (read?.isUnderWay) reads.push(read);
    }
    return reads.length === 0 ? undefined : allEnded(reads);
  }

  /**
   * Writes CRM data and returns the chat as the answer shows it. One REST call. Later reads of the operation start
   * anew; what the process remembers of the chat is dropped, whatever becomes of the write.
   */
  async updateCrmData(
    chatId: string,
    data: Record<string, unknown>,
    mode: CrmMergingMode,
  ): Promise<ChatHandle> {
    if (!isChatId(chatId)) throw badUserInput('input.chatId is not the id of a chat.');
    this.#memory.evict(chatId);
    const written = await this.#upstream
      .call({
        round: 1,
        fromCaller: true,
        request: () => crmRequest(chatId, data, WIRE_MERGING_MODE[mode]),
        // It goes on when its caller has left, and what is read until it ends may be old.
        onWriteEnd: () => this.#memory.evict(chatId),
      })
      .finally(() => {
        this.#memory.evict(chatId);
        this.#handles = new Map();
      });
    const chat = this.#handle(chatId, 1);
    chat.hold('written', written, 1);
    return chat;
  }

  #adopt(record: ChatRecord, round: number): ChatHandle {
    const chat = this.#handle(record._id, round);
    chat.hold('record', record, round);
    return chat;
  }

  #handle(chatId: string, knownAfter: number): ChatHandle {
    const known = this.#handles.get(chatId);
    if (known) {
      known.knownAfter = Math.min(known.knownAfter, knownAfter);
      return known;
    }
    const chat = new ChatHandle(chatId, knownAfter, this.#views);
    this.#handles.set(chatId, chat);
    return chat;
  }
}
