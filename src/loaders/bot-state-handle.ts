import { GatewayError } from '../errors.ts';
import { CHAT_FIELDS, type IdentifiedBotState } from '../model/chat-fields.ts';
import { type MaybePromise, mapMaybe } from '../model/maybe-promise.ts';
import type { ChatHandle } from './chat-handle.ts';

/**
 * A bot session of a chat. The public view has its id only, which is enough to read its messages; the rest comes
 * with the chat's full record, and is read when a field asks for it.
 */
export class BotStateHandle {
  readonly chat: ChatHandle;
  readonly sessionId: string;
  /** Reads that had to be answered before the session's id was known. */
  readonly knownAfter: number;

  constructor(chat: ChatHandle, sessionId: string, knownAfter: number) {
    this.chat = chat;
    this.sessionId = sessionId;
    this.knownAfter = knownAfter;
  }

  /** The session's state from the full record. Throws as `ChatHandle.get` does. */
  state(): MaybePromise<IdentifiedBotState> {
    return mapMaybe(this.chat.get(CHAT_FIELDS.botState), (current) => {
      if (current?.id === this.sessionId) return current;
      return mapMaybe(this.chat.get(CHAT_FIELDS.previousBotSession), (previous) => {
        if (previous?.id === this.sessionId) return previous;
        throw new GatewayError(
          'RECORD_UNAVAILABLE',
          'The bot session ended while it was being read; ask again.',
        );
      });
    }) as MaybePromise<IdentifiedBotState>;
  }
}

/** The bot's session now in the chat, from the cheapest view at hand; null when there is none. */
export function currentBotState(chat: ChatHandle): MaybePromise<BotStateHandle | null> {
  return mapMaybe(chat.get(CHAT_FIELDS.botSessionId), (sessionId) => handleOf(chat, sessionId));
}

/** The session before it; only the full record knows. */
export function previousBotState(chat: ChatHandle): MaybePromise<BotStateHandle | null> {
  return mapMaybe(chat.get(CHAT_FIELDS.previousBotSession), (state) => handleOf(chat, state?.id ?? null));
}

function handleOf(chat: ChatHandle, sessionId: string | null): BotStateHandle | null {
  return sessionId === null ? null : new BotStateHandle(chat, sessionId, chat.latestRound());
}
