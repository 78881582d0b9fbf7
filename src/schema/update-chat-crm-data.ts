import { builder } from '../builder.ts';
import type { ChatHandle } from '../loaders/chat-handle.ts';
import { checkCrmData } from '../model/crm-data.ts';
import { CrmMergingModeRef } from './enums.ts';
import { ChatRef } from './refs.ts';

const UpdateChatCrmDataInputRef = builder.inputType('UpdateChatCrmDataInput', {
  description: 'What to write into the CRM data of which chat, and how it meets what is there.',
  fields: (t) => ({
    chatId: t.id({ required: true, description: "Texter's `_id` of the chat." }),
    data: t.field({
      type: 'JSONObject',
      required: true,
      description: 'The fields to write: at most 64 KiB of JSON, nested at most 32 deep, no `__proto__` key.',
    }),
    mergingMode: t.field({
      type: CrmMergingModeRef,
      defaultValue: 'MERGE',
      description:
        'How `data` meets the fields that are there; null means MERGE. Only REPLACE can remove a field.',
    }),
  }),
});

const UpdateChatCrmDataPayloadRef = builder
  .objectRef<{ chat: ChatHandle }>('UpdateChatCrmDataPayload')
  .implement({
    description: 'What a successful write leaves behind.',
    fields: (t) => ({
      chat: t.expose('chat', {
        type: ChatRef,
        nullable: false,
        description:
          "The chat as Texter's answer to the write shows it; its fields cost no further REST call.",
      }),
    }),
  });

builder.mutationType({
  description: 'Writes. Each field is nullable, so that one failed write hides no other.',
});

builder.mutationFields((t) => ({
  updateChatCrmData: t.field({
    type: UpdateChatCrmDataPayloadRef,
    description:
      'Writes CRM data onto a chat. One REST call, never repeated after an unclear outcome: the error then says `applied: "unknown"`. Concurrent writers are not detected by Texter.',
    args: {
      input: t.arg({
        type: UpdateChatCrmDataInputRef,
        required: true,
        description: 'Chat, fields and merging mode.',
      }),
    },
    resolve: async (_root, { input: { chatId, data, mergingMode } }, { loaders }) => {
      checkCrmData(data);
      return { chat: await loaders.chats.updateCrmData(chatId, data, mergingMode ?? 'MERGE') };
    },
  }),
}));
