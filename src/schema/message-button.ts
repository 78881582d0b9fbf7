import { builder } from '../builder.ts';
import type { MessageButton } from '../model/message-content.ts';

export const MessageButtonRef = builder.objectRef<MessageButton>('MessageButton').implement({
  description: 'One of the choices that the contact may tap under a text.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'What the contact sees on it.' }),
    payload: t.exposeString('payload', {
      description: 'Comes back in MessagePostbackContent when the contact taps it; never shown.',
    }),
  }),
});
