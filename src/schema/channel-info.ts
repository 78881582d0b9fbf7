import { builder } from '../builder.ts';
import type { ChannelInfo } from '../model/channel-info.ts';
import { CHANNEL_NAME, readEnum } from '../model/enums.ts';
import { ChannelNameRef } from './enums.ts';

export const ChannelInfoRef = builder.objectRef<ChannelInfo>('ChannelInfo').implement({
  description:
    'Who talks with whom, and over what: a channel, an account of the company on it, and a contact. The three together name one chat.',
  fields: (t) => ({
    name: t.field({
      type: ChannelNameRef,
      description: 'Null for a channel that this schema does not know yet; `rawName` has it even then.',
      resolve: ({ rawName }, _args, { onUnknownEnumValue }) =>
        readEnum(CHANNEL_NAME, rawName, onUnknownEnumValue),
    }),
    rawName: t.exposeString('rawName', {
      nullable: false,
      description: "Texter's own word for the channel, such as `website_chat`.",
    }),
    accountId: t.exposeID('accountId', {
      nullable: false,
      description:
        "The company's side of the channel. On WhatsApp its business number: international, digits only, no `+`.",
    }),
    contactId: t.exposeID('contactId', {
      nullable: false,
      description:
        "The contact's side of the channel. On WhatsApp a phone number: international, digits only, no `+`.",
    }),
    metadata: t.expose('metadata', {
      type: 'JSON',
      description:
        'What else the channel tells of this pair. Its shape differs by channel; null where there is none.',
    }),
  }),
});
