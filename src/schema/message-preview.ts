import { builder } from '../builder.ts';
import type { MessagePreview } from '../model/chat-fields.ts';
import { MessageMediaRef } from './message-media.ts';

export const MessagePreviewRef = builder.objectRef<MessagePreview>('MessagePreview').implement({
  description:
    'As much of the newest message as an inbox row shows. It has no id; read `messages(last: 1)` for the message itself.',
  fields: (t) => ({
    type: t.exposeString('type', {
      description: "REST's word for the kind of content, such as `text` or `media`; null on very old chats.",
    }),
    text: t.exposeString('text', { description: 'The text, if it has one; media may come without.' }),
    media: t.field({
      type: [MessageMediaRef],
      nullable: { list: false, items: false },
      description: 'Files of the message; empty when there are none.',
      resolve: (preview) => preview.media,
    }),
  }),
});
