import { builder } from '../builder.ts';
import type { MessageContact } from '../model/message-contact.ts';

export const MessageContactRef = builder.objectRef<MessageContact>('MessageContact').implement({
  description: 'A contact card, much like a vCard.',
  fields: (t) => ({
    formattedName: t.exposeString('formattedName', { description: 'The whole name, ready to show.' }),
    phones: t.exposeStringList('phones', {
      nullable: { list: false, items: false },
      description: 'As the sender had them, in no fixed format. Empty when the card has none.',
    }),
    emails: t.exposeStringList('emails', {
      nullable: { list: false, items: false },
      description: 'As the sender had them, not verified. Empty when the card has none.',
    }),
    raw: t.expose('raw', {
      type: 'JSON',
      nullable: false,
      description:
        'The whole card as Texter keeps it: organisation, addresses, birthday and what else it has.',
    }),
  }),
});
