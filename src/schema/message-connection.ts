import { builder } from '../builder.ts';
import type { MessageNode } from '../model/message.ts';
import { MessageRef } from './refs.ts';

interface MessagePage {
  readonly edges: { cursor: string; node: MessageNode }[];
  readonly pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  readonly firstMessageAt: Date | null;
  readonly lastMessageAt: Date | null;
}

export const MessageConnectionRef = builder.connectionObject<typeof MessageRef, MessagePage>(
  {
    type: MessageRef,
    name: 'MessageConnection',
    description:
      'A page of a thread, oldest message first, as a thread is drawn. The newest page is `last: 50`; older ones are `last: 50, before: startCursor`; what came since is `first: 50, after: endCursor`.',
    fields: (t) => ({
      firstMessageAt: t.expose('firstMessageAt', {
        type: 'DateTime',
        description:
          'Time of the oldest message in the whole chat, whatever this page shows. Null without messages.',
      }),
      lastMessageAt: t.expose('lastMessageAt', {
        type: 'DateTime',
        description:
          'Time of the newest message in the whole chat, whatever this page shows. Null without messages.',
      }),
    }),
  },
  {
    name: 'MessageEdge',
    description: 'A message and where it stands in its thread.',
    nodeField: { description: 'The message at this position.' },
  },
);
