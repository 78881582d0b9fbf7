import { encodeGlobalId } from '../model/global-id.ts';
import { LANDMARK_SESSION, LANDMARKS } from '../sandbox/landmarks.ts';

/** What the gateway reads from; nothing is known of the chats of a real project. */
export type ExplorerUpstream = 'sandbox' | 'texter';

/**
 * The variables of each document, by the name of its operation; an operation without an entry needs none. With the
 * sandbox they name chats that are always there, so that every tab runs as it is. With a real project the same
 * places are empty, for the reader to fill in from the inbox.
 */
export function explorerVariables(upstream: ExplorerUpstream): Readonly<Record<string, object>> {
  const example = (value: string) => (upstream === 'sandbox' ? value : '');
  return {
    Chat: { chatId: example(LANDMARKS.fullChat) },
    Thread: { chatId: example(LANDMARKS.everyContent), last: 50 },
    OlderPage: { chatId: example(LANDMARKS.longThread), before: null, last: 50 },
    BotSession: { chatId: example(LANDMARKS.botSession), sessionId: example(LANDMARK_SESSION) },
    FindByPhone: { phone: example('972585550180') },
    ChatByChannel: {
      channel: { name: 'WHATSAPP', accountId: example('972355501000'), contactId: example('972585550180') },
    },
    NodeRefetch: {
      ids: [LANDMARKS.longThread, LANDMARKS.email].map((chatId) => example(encodeGlobalId('Chat', chatId))),
    },
    UpdateCrmData: {
      input: {
        chatId: example(LANDMARKS.fullChat),
        data: { customer: { tier: 'platinum' } },
        mergingMode: 'MERGE',
      },
    },
  };
}
