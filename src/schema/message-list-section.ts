import { builder } from '../builder.ts';
import type { MessageListRow, MessageListSection } from '../model/message-content.ts';

const MessageListRowRef = builder.objectRef<MessageListRow>('MessageListRow').implement({
  description: 'A choice in the menu of a list message.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'What the contact sees.' }),
    payload: t.exposeString('payload', {
      description: 'Comes back in MessagePostbackContent when the contact chooses it; never shown.',
    }),
    description: t.exposeString('description', { description: 'Small print under the title; often null.' }),
  }),
});

export const MessageListSectionRef = builder.objectRef<MessageListSection>('MessageListSection').implement({
  description: 'A group of choices in the menu of a list message.',
  fields: (t) => ({
    title: t.exposeString('title', {
      description: 'Heading of the group; often null when there is only one.',
    }),
    rows: t.field({
      type: [MessageListRowRef],
      nullable: { list: false, items: false },
      description: 'The choices, from top to bottom.',
      resolve: (section) => section.rows ?? [],
    }),
  }),
});
