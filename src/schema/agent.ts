import { builder } from '../builder.ts';
import type { Agent } from '../model/chat-fields.ts';

export const AgentRef = builder.objectRef<Agent>('Agent').implement({
  description: 'A person of your business who answers chats. Texter lets no agent be read by itself.',
  fields: (t) => ({
    uid: t.exposeID('uid', {
      nullable: false,
      description: "Texter's id of the agent, the same on chats and on the messages that they sent.",
    }),
    displayName: t.exposeString('displayName', {
      description: 'Name to show; null where Texter gave no more than the uid.',
    }),
  }),
});
