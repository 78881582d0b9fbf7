import type { Random } from '../random.ts';
import type { MediaItem, Message } from '../rest/message.ts';
import type { Phrases } from './phrases/phrases.ts';

/** What a message says: its `type` and the members of that type. */
export type Content = Pick<Message, 'type'> & Partial<Message>;

const MEDIA = {
  image: { contentType: 'image/jpeg', filename: 'IMG_0142.jpg' },
  video: { contentType: 'video/mp4', filename: 'VID_0031.mp4' },
  document: { contentType: 'application/pdf', filename: 'summary.pdf' },
  audio: { contentType: 'audio/ogg; codecs=opus', filename: 'voice.ogg' },
  sticker: { contentType: 'image/webp', filename: 'sticker.webp' },
} as const;

export type MediaType = keyof typeof MEDIA;

export function text(value: string): Content {
  return { type: 'text', text: value };
}

export function media(random: Random, mediaType: MediaType, fields: Partial<MediaItem> = {}): Content {
  return {
    type: 'media',
    media: [{ mediaType, fileId: random.hex(24), ...MEDIA[mediaType], scanned: true, ...fields }],
  };
}

/** The bot's menu of topics as buttons. */
export function buttonMenu(random: Random, { topics, menu }: Phrases): Content {
  return {
    type: 'buttons',
    text: random.pick(menu),
    buttons: topics.map(({ title, payload }) => ({ title, payload })),
  };
}

/** The same menu as a list with descriptions. */
export function listMenu(random: Random, { topics, menu, menuButton }: Phrases): Content {
  const rows = topics.map(({ title, payload, description }) => ({ title, payload, description }));
  return {
    type: 'list',
    text: random.pick(menu),
    list: { button: menuButton, sections: [{ title: menuButton, rows }] },
  };
}

export function location(): Content {
  return {
    type: 'location',
    location: { latitude: 32.0853, longitude: 34.7818, name: 'Pardes', address: '1 HaPardes St' },
  };
}

/** Contact cards name phones as objects, as providers do, or as plain strings. */
export function contactCard(name: string, phone: string, plain: boolean): Content {
  return {
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: name },
        phones: plain ? [`+${phone}`] : [{ phone: `+${phone}`, type: 'CELL', wa_id: phone }],
        emails: plain ? ['visits@pardes.example'] : [{ email: 'visits@pardes.example', type: 'WORK' }],
        org: { company: 'Pardes' },
      },
    ],
  };
}

/** A template message, as WhatsApp's provider reports it. */
export function template(value: string): Content {
  return { type: 'special', text: value, special: { whatsapp: { template: { name: 'season_sale' } } } };
}
