import { builder } from '../builder.ts';
import type { MessageSender } from '../model/message.ts';
import { MessageSenderKindRef } from './enums.ts';

export const MessageSenderRef = builder.objectRef<MessageSender>('MessageSender').implement({
  description: 'The author of a message, as far as Texter tells.',
  fields: (t) => ({
    kind: t.expose('kind', {
      type: MessageSenderKindRef,
      nullable: false,
      description: 'Which side wrote, and whether a person or a program.',
    }),
    agentUid: t.exposeID('agentUid', {
      description:
        'Which of your agents wrote, for kind AGENT; null for every other kind. Messages do not carry the names of agents.',
    }),
  }),
});
