import { builder } from '../builder.ts';
import { MESSAGE_STATUS, readEnum } from '../model/enums.ts';
import { fromEpochMs } from '../model/time.ts';
import type { WireMessage } from '../texter/wire.ts';
import { MessageStatusRef } from './enums.ts';

type WireStatusChange = NonNullable<WireMessage['statusHistory']>[number];

export const MessageStatusChangeRef = builder.objectRef<WireStatusChange>('MessageStatusChange').implement({
  description: 'One step in the delivery of a message.',
  fields: (t) => ({
    status: t.field({
      type: MessageStatusRef,
      description: 'What the delivery reached. Null for a status that this schema does not know yet.',
      resolve: ({ status }, _args, { onUnknownEnumValue }) =>
        readEnum(MESSAGE_STATUS, status, onUnknownEnumValue),
    }),
    at: t.field({
      type: 'DateTime',
      description: "Not to be compared with the message's `createdAt`: the first step can be earlier.",
      resolve: ({ timestamp }) => fromEpochMs(timestamp),
    }),
  }),
});
