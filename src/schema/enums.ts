import { builder } from '../builder.ts';

export const ChatStatusRef = builder.enumType('ChatStatus', {
  description:
    'Where a chat stands on its way from the bot to an agent and back. Null where Texter sends a status that this schema does not know yet.',
  values: {
    BOT: { description: "The company's bot answers; nobody on the team has to." },
    PENDING: {
      description: 'Waits for an agent to take it. A chat that was only assigned to somebody waits here too.',
    },
    ASSIGNED: { description: 'An agent has taken it and answers. The Texter app calls this "Taken".' },
    RESOLVED: { description: "Closed. The contact's next message opens it again, with the bot." },
    BULK: {
      description:
        'A bulk send, one template to many contacts, put it here. `latestBulkSendId` says nothing about this: it stays.',
    },
  },
});

export const ChannelNameRef = builder.enumType('ChannelName', {
  description:
    'The messenger that carries a chat. Null where Texter sends one that this schema does not know yet; `rawName` beside it tells which.',
  values: {
    WHATSAPP: {
      description: 'WhatsApp Business. Accounts and contacts are phone numbers: international, digits only.',
    },
    MESSENGER: { description: 'Facebook Messenger: a page and one of its visitors.' },
    INSTAGRAM: { description: 'Direct messages of an Instagram business account.' },
    WEBSITE_CHAT: { description: "The chat widget on the company's own website." },
    EMAIL: { description: 'A mailbox of the company.' },
    SMS: {
      description:
        'Text messages by phone number. `chats` cannot filter by it: the REST search has no such filter.',
    },
  },
});

export const MessageDirectionRef = builder.enumType('MessageDirection', {
  description: 'Which way a message went, seen from the company.',
  values: {
    INCOMING: { description: 'Written by the contact.' },
    OUTGOING: {
      description: 'Sent to the contact, by whomever on the company side: agent, bot, API or channel app.',
    },
  },
});

export const MessageStatusRef = builder.enumType('MessageStatus', {
  description:
    'How far the delivery of a message got. Not a progression: FAILED, CHANNEL_FAILED and DELETED can follow any other.',
  values: {
    SENT: { description: 'Left Texter; the channel has not confirmed it.' },
    ACCEPTED: { description: 'The provider behind the channel took it.' },
    DELIVERED: { description: "Reached the contact's device. Incoming messages carry this one too." },
    SEEN: { description: 'The contact opened it, as far as the channel and its privacy settings tell.' },
    FAILED: { description: 'Could not be delivered to this contact.' },
    CHANNEL_FAILED: {
      description: 'Could not be sent at all, because the system or the channel had a fault.',
    },
    DELETED: { description: 'Taken back after it was sent.' },
  },
});

export const MessageMediaTypeRef = builder.enumType('MessageMediaType', {
  description: 'How a file is meant to be shown; its exact format is in `contentType`.',
  values: {
    IMAGE: { description: 'A still picture, such as JPEG or PNG.' },
    VIDEO: { description: 'A film, with or without sound.' },
    DOCUMENT: { description: 'A file to download, such as a PDF.' },
    AUDIO: { description: 'Sound: a voice note or a piece of music.' },
    STICKER: { description: 'A small picture without a frame. Contacts send them; Texter does not.' },
  },
});

export const MessageSenderKindRef = builder.enumType('MessageSenderKind', {
  description: 'What sort of author a message has, worked out from its direction and its `agent` in Texter.',
  values: {
    CONTACT: { description: 'The person on the other side of the chat.' },
    BOT: { description: "The company's bot." },
    AGENT: { description: 'A member of the team; `agentUid` says who.' },
    OTHER: {
      description:
        "Sent by the company without an agent: over Texter's API or from the channel's own app. Also for a direction that this schema does not know.",
    },
    SYSTEM: { description: 'Nobody: a record of something that happened to the chat.' },
  },
});

export const CrmMergingModeRef = builder.enumType('CrmMergingMode', {
  description:
    "What becomes of the CRM data that a chat already has when new data is written. Named after lodash's functions.",
  values: {
    REPLACE: {
      description: 'The old data is dropped. The only mode that can remove a single key.',
    },
    ASSIGN: {
      description: 'Each top-level key given replaces the old one whole; other keys stay.',
    },
    MERGE: {
      description: 'Objects are merged at every depth, and a value given wins over the old one.',
    },
    DEFAULTS: {
      description: 'Only top-level keys that are missing are added; nothing changes.',
    },
    DEFAULTS_DEEP: {
      description: 'Keys that are missing are added at every depth; nothing changes.',
    },
  },
});
