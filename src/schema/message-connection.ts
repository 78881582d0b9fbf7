import { builder } from '../builder.ts';
import type { MessagePage } from '../loaders/messages.ts';
import { fromEpochMs } from '../model/time.ts';
import { MessageRef } from './refs.ts';

export const MessageConnectionRef = builder.connectionObject<typeof MessageRef, MessagePage>(
  {
    type: MessageRef,
    name: 'MessageConnection',
    description:
      'A page of a thread, oldest message first, as a thread is drawn. The newest page is `last: 50`; older ones are `last: 50, before: startCursor`; what came since is `first: 50, after: endCursor`.',
    fields: (t) => ({
      firstMessageAt: t.field({
        type: 'DateTime',
        description:
          'Time of the oldest message in the whole chat, whatever this page shows. Null without messages.',
        resolve: (page) => fromEpochMs(page.firstMessageAt),
      }),
      lastMessageAt: t.field({
        type: 'DateTime',
        description:
          'Time of the newest message in the whole chat, whatever this page shows. Null without messages.',
        resolve: (page) => fromEpochMs(page.lastMessageAt),
      }),
    }),
  },
  {
    name: 'MessageEdge',
    description: 'A message and where it stands in its thread.',
    nodeField: { description: 'The message at this position.' },
  },
);
