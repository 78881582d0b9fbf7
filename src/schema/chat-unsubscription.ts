import { builder } from '../builder.ts';
import type { ChatUnsubscription } from '../model/chat-fields.ts';

export const ChatUnsubscriptionRef = builder.objectRef<ChatUnsubscription>('ChatUnsubscription').implement({
  description: "A contact's opt-out of template messages.",
  fields: (t) => ({
    at: t.expose('at', {
      type: 'DateTime',
      description: 'When they opted out; null on old chats that only have the flag.',
    }),
    bulkSendId: t.exposeID('bulkSendId', {
      description: 'The bulk send that they answered by opting out; null when it was something else.',
    }),
  }),
});
