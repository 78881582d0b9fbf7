import { builder } from '../builder.ts';
import { CHAT_STATUS, readEnum } from '../model/enums.ts';
import type {
  MessageButtonsContent,
  MessageContactsContent,
  MessageListContent,
  MessageLocationContent,
  MessageMediaContent,
  MessagePostbackContent,
  MessageSpecialContent,
  MessageSystemContent,
  MessageTextContent,
  MessageUnknownContent,
} from '../model/message-content.ts';
import { ChatStatusRef } from './enums.ts';
import { MessageButtonRef } from './message-button.ts';
import { MessageContactRef } from './message-contact.ts';
import { MessageListSectionRef } from './message-list-section.ts';
import { MessageMediaRef } from './message-media.ts';

const TextContent = builder.objectRef<MessageTextContent>('MessageTextContent').implement({
  description: 'Plain words, in either direction.',
  fields: (t) => ({
    text: t.exposeString('text', {
      description: 'As the sender typed it, line breaks and right-to-left scripts included. Rarely null.',
    }),
  }),
});

const MediaContent = builder.objectRef<MessageMediaContent>('MessageMediaContent').implement({
  description: 'One file or several, in either direction.',
  fields: (t) => ({
    text: t.exposeString('text', {
      description: 'Words beside the files, if any; a caption stands on its file.',
    }),
    items: t.expose('items', {
      type: [MessageMediaRef],
      nullable: { list: false, items: false },
      description: 'The files, in the order in which they were sent.',
    }),
  }),
});

const ButtonsContent = builder.objectRef<MessageButtonsContent>('MessageButtonsContent').implement({
  description:
    'A question to the contact with up to three buttons to tap; the answer comes as MessagePostbackContent.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The question above the buttons.' }),
    buttons: t.expose('buttons', {
      type: [MessageButtonRef],
      nullable: { list: false, items: false },
      description: 'From top to bottom.',
    }),
  }),
});

const ListContent = builder.objectRef<MessageListContent>('MessageListContent').implement({
  description:
    'A question to the contact with a menu to choose from; the answer comes as MessagePostbackContent.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The question above the menu.' }),
    button: t.exposeString('button', { description: 'Label of the button that opens the menu.' }),
    sections: t.expose('sections', {
      type: [MessageListSectionRef],
      nullable: { list: false, items: false },
      description: 'Groups of the menu, from top to bottom.',
    }),
  }),
});

const PostbackContent = builder.objectRef<MessagePostbackContent>('MessagePostbackContent').implement({
  description: "The contact's tap on a button, or choice from a list.",
  fields: (t) => ({
    payload: t.exposeString('payload', {
      description: 'What the button or row carried for programs; never shown.',
    }),
    title: t.exposeString('title', { description: 'What the contact saw on it.' }),
    description: t.exposeString('description', {
      description: 'Second line of the chosen list row, if it had one.',
    }),
  }),
});

const ContactsContent = builder.objectRef<MessageContactsContent>('MessageContactsContent').implement({
  description: 'Contact cards that were shared, in either direction.',
  fields: (t) => ({
    contacts: t.expose('contacts', {
      type: [MessageContactRef],
      nullable: { list: false, items: false },
      description: 'The cards, in the order in which they were shared.',
    }),
  }),
});

const LocationContent = builder.objectRef<MessageLocationContent>('MessageLocationContent').implement({
  description:
    'A place on the map, in either direction. Texter does not document its members: what is missing may be in `raw`.',
  fields: (t) => ({
    latitude: t.exposeFloat('latitude', { description: 'Degrees, north positive.' }),
    longitude: t.exposeFloat('longitude', { description: 'Degrees, east positive.' }),
    name: t.exposeString('name', {
      description: 'What the place is called, such as a business; null for a bare pin.',
    }),
    address: t.exposeString('address', { description: 'Postal address in one line; null for a bare pin.' }),
    raw: t.expose('raw', { type: 'JSON', nullable: false, description: 'The place as Texter keeps it.' }),
  }),
});

const SpecialContent = builder.objectRef<MessageSpecialContent>('MessageSpecialContent').implement({
  description:
    'What only one channel has: WhatsApp templates and flows, a referral from an ad, and the like.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'The same in words, where Texter could tell.' }),
    special: t.expose('special', {
      type: 'JSON',
      nullable: false,
      description:
        'By channel, for instance `whatsapp.template.name`. Read it with care: its shape is not promised.',
    }),
  }),
});

const SystemContent = builder.objectRef<MessageSystemContent>('MessageSystemContent').implement({
  description: 'Something that happened to the chat, such as a change of its status; nobody said it.',
  fields: (t) => ({
    newChatStatus: t.field({
      type: ChatStatusRef,
      description:
        'The status that the chat took on. Null where something else happened, or for a status that is new.',
      resolve: (content, _args, { onUnknownEnumValue }) =>
        readEnum(CHAT_STATUS, content.newChatStatus, onUnknownEnumValue),
    }),
    details: t.expose('details', {
      type: 'JSONObject',
      nullable: false,
      description:
        'All else that Texter notes about it, such as who did it. Undocumented, and empty when there is nothing.',
    }),
  }),
});

const UnknownContent = builder.objectRef<MessageUnknownContent>('MessageUnknownContent').implement({
  description:
    'A message of a type that is newer than this schema, or one that lacks what its type should have.',
  fields: (t) => ({
    type: t.exposeString('type', { description: "Texter's own word for the type; null when it gave none." }),
    raw: t.expose('raw', {
      type: 'JSON',
      nullable: false,
      description: 'The whole message as Texter gives it, so that nothing is lost.',
    }),
  }),
});

export const MessageContentRef = builder.unionType('MessageContent', {
  description:
    'What a message says. Select the kinds that you draw, and `... on MessageUnknownContent` so that new kinds show up too.',
  types: [
    TextContent,
    MediaContent,
    ButtonsContent,
    ListContent,
    PostbackContent,
    ContactsContent,
    LocationContent,
    SpecialContent,
    SystemContent,
    UnknownContent,
  ],
  resolveType: ({ kind }) => kind,
});
