import { builder } from '../builder.ts';
import type { ChatPage } from '../loaders/chat-page.ts';
import { ChatRef } from './refs.ts';

export const ChatConnectionRef = builder.connectionObject<typeof ChatRef, ChatPage>(
  {
    type: ChatRef,
    name: 'ChatConnection',
    description:
      'A page of chats by newest activity first. Default page: the first 30; with `before` alone, the last 30 before it. At most 100.',
    fields: (t) => ({
      totalCount: t.exposeInt('totalCount', {
        nullable: false,
        description: 'Chats that match the filter, over all pages.',
      }),
    }),
  },
  {
    name: 'ChatEdge',
    description: 'A chat and its position in the list.',
    nodeField: { description: 'The conversation at this position.' },
  },
);
