import { encodeGlobalId } from '../model/global-id.ts';
import { MessageCursors } from '../paging/position.ts';
import { LANDMARK_SESSION, LANDMARKS } from '../sandbox/landmarks.ts';

const DAY_MS = 86_400_000;

/** What the gateway reads from; nothing is known of the chats of a real project. */
export type ExplorerUpstream = 'sandbox' | 'texter';

/**
 * The variables of each document, by the name of its operation; an operation without an entry needs none. With the
 * sandbox they name chats that are always there, so that every tab runs as it is. With a real project the same
 * places are empty, for the reader to fill in from the inbox.
 */
export function explorerVariables(upstream: ExplorerUpstream): Readonly<Record<string, object>> {
  const example = (value: string) => (upstream === 'sandbox' ? value : '');
  // A cursor is a place in time, whether a message is there or not; no id sorts below this one. A whole day, so that
  // processes and restarts give the same page, which browsers keep.
  const yesterday = { timestamp: (Math.floor(Date.now() / DAY_MS) - 1) * DAY_MS, _id: '0' };
  return {
    Chat: { chatId: example(LANDMARKS.fullChat) },
    Thread: { chatId: example(LANDMARKS.everyContent) },
    OlderPage: {
      chatId: example(LANDMARKS.longThread),
      before: example(new MessageCursors(LANDMARKS.longThread).write(yesterday)),
    },
    BotSession: { chatId: example(LANDMARKS.botSession), sessionId: example(LANDMARK_SESSION) },
    FindByPhone: { phone: example('972585550180') },
    ChatByChannel: {
      channel: { name: 'WHATSAPP', accountId: example('972355501000'), contactId: example('972585550180') },
    },
    Refetch: {
      ids: [LANDMARKS.longThread, LANDMARKS.email].map((chatId) => example(encodeGlobalId('Chat', chatId))),
    },
    UpdateCrm: {
      input: {
        chatId: example(LANDMARKS.fullChat),
        data: { customer: { tier: 'platinum' } },
        mergingMode: 'MERGE',
      },
    },
  };
}
