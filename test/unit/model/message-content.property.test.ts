import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MessageContent, messageContent } from '../../../src/model/message-content.ts';
import type { WireMessage } from '../../../src/texter/wire.ts';
import { wireMessage } from './wire-message.ts';

const KNOWN_TYPES = ['text', 'media', 'contacts', 'location', 'special', 'buttons', 'list', 'postback'];

const text = fc.option(fc.string());
const row = fc.record({ title: text, payload: text, description: text }, { requiredKeys: [] });
const section = fc.record(
  { title: text, rows: fc.option(fc.array(row, { maxLength: 3 })) },
  { requiredKeys: [] },
);

/** Whatever passes the border: typed members of their type, open members of any JSON, and keys of tomorrow. */
const anyMessage = fc
  .tuple(
    fc.record(
      {
        type: fc.option(fc.oneof(fc.constantFrom(...KNOWN_TYPES), fc.string())),
        systemMessage: fc.option(fc.boolean()),
        newChatStatus: fc.option(fc.integer()),
        text,
        media: fc.option(fc.array(fc.record({ mediaType: text, fileId: text }, { requiredKeys: [] }))),
        buttons: fc.option(fc.array(fc.record({ title: text, payload: text }, { requiredKeys: [] }))),
        list: fc.option(
          fc.record({ button: text, sections: fc.option(fc.array(section)) }, { requiredKeys: [] }),
        ),
        postback: fc.option(
          fc.record({ payload: text, title: text, description: text }, { requiredKeys: [] }),
        ),
        contacts: fc.option(fc.array(fc.jsonValue())),
        location: fc.jsonValue(),
        special: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
    fc.dictionary(
      fc.string().map((key) => `x-${key}`),
      fc.jsonValue(),
      { maxKeys: 3 },
    ),
  )
  .map(([members, tomorrow]) => wireMessage({ ...tomorrow, ...members }));

/** The member of the REST message that a content was made from, put together again from that content alone. */
function rebuilt(content: MessageContent, wire: WireMessage): unknown {
  switch (content.kind) {
    case 'MessageTextContent':
      return content.text;
    case 'MessageMediaContent':
      return content.items;
    case 'MessageButtonsContent':
      return content.buttons;
    case 'MessageListContent':
      return { button: content.button, sections: content.sections };
    case 'MessagePostbackContent':
      return { payload: content.payload, title: content.title, description: content.description };
    case 'MessageContactsContent':
      return content.contacts.map((contact) => contact.raw);
    case 'MessageLocationContent':
    case 'MessageUnknownContent':
      return content.raw;
    case 'MessageSpecialContent':
      return content.special;
    case 'MessageSystemContent': {
      const { _id, timestamp, systemMessage } = wire;
      const status = 'newChatStatus' in wire ? { newChatStatus: content.newChatStatus } : {};
      return { ...content.details, ...status, _id, timestamp, systemMessage };
    }
  }
}

/** The same member as REST sent it, where absent and null are one. */
function sent(content: MessageContent, wire: WireMessage): unknown {
  switch (content.kind) {
    case 'MessageTextContent':
      return wire.text ?? null;
    case 'MessageMediaContent':
      return wire.media;
    case 'MessageButtonsContent':
      return wire.buttons;
    case 'MessageListContent':
      return { button: wire.list?.button ?? null, sections: wire.list?.sections ?? [] };
    case 'MessagePostbackContent':
      return { payload: null, title: null, description: null, ...wire.postback };
    case 'MessageContactsContent':
      return wire.contacts?.filter((card) => card !== null);
    case 'MessageLocationContent':
      return wire.location;
    case 'MessageSpecialContent':
      return wire.special;
    case 'MessageUnknownContent':
    case 'MessageSystemContent':
      return wire;
  }
}

describe('messageContent', () => {
  it('reads any message without throwing, and loses nothing of what it read', () => {
    fc.assert(
      fc.property(anyMessage, (wire) => {
        const content = messageContent(wire);
        expect(rebuilt(content, wire)).toEqual(sent(content, wire));
      }),
      { numRuns: 500 },
    );
  });

  it('takes a known type for unknown only when its own member is missing or unreadable', () => {
    fc.assert(
      fc.property(anyMessage, (wire) => {
        const content = messageContent(wire);
        if (content.kind !== 'MessageUnknownContent' || !KNOWN_TYPES.includes(wire.type ?? '')) return;
        const own = wire[wire.type ?? ''];
        expect(wire.type).not.toBe('text');
        expect(
          own == null || (wire.type === 'location' && (typeof own !== 'object' || Array.isArray(own))),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
