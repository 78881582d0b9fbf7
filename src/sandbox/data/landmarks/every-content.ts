import { Random } from '../../random.ts';
import { AGENTS, contactId } from '../business.ts';
import {
  buttonMenu,
  contactCard,
  listMenu,
  location,
  type MediaType,
  media,
  template,
  text,
} from '../content.ts';
import { PHRASES } from '../phrases/phrases.ts';
import type { ScriptedLine } from './scripted.ts';

const MEDIA_TYPES: readonly MediaType[] = ['image', 'video', 'document', 'audio', 'sticker'];

/** One message of every type, and of every oddity that a type can have. `end` is epoch ms. */
export function everyContent(end: number): ScriptedLine[] {
  const random = new Random('every content');
  const phone = contactId('whatsapp', 381);
  const contact = (says: ScriptedLine['says'], after = 20): ScriptedLine => ({ by: 'contact', after, says });
  const bot = (says: ScriptedLine['says']): ScriptedLine => ({ by: 'bot', after: 2, says });
  const agent = (says: ScriptedLine['says']): ScriptedLine => ({ by: 'agent', after: 30, says });
  const system = (says: ScriptedLine['says']): ScriptedLine => ({ by: 'system', after: 1, says });

  return [
    agent(template(PHRASES.he.campaigns[0])),
    contact({ ...text('שלום 👋'), metadata: { triggeredBot: true } }),
    bot(buttonMenu(random, PHRASES.he)),
    bot(listMenu(random, PHRASES.he)),
    contact({
      type: 'postback',
      postback: { payload: 'delivery', title: 'מעקב משלוח', description: 'איפה ההזמנה ומתי היא מגיעה' },
    }),
    ...MEDIA_TYPES.map((mediaType) =>
      contact(media(random, mediaType, { caption: `caption: ${mediaType}` }), 0),
    ),
    contact(
      media(random, 'image', {
        previewId: random.hex(24),
        scanned: false,
        metadata: { frequentlyForwarded: true },
      }),
    ),
    contact(media(random, 'image', { deleted: { timestamp: end - 60_000 } })),
    agent({
      ...media(random, 'document', { url: 'https://files.pardes.example/terms.pdf' }),
      text: 'התקנון',
    }),
    contact(contactCard('נועה ברק', phone, false)),
    agent(contactCard('Pardes', phone, true)),
    contact(location()),
    agent({ type: 'location', location: { latitude: '31.7683', longitude: '35.2137' } }),
    contact({
      type: 'special',
      special: { whatsapp: { flow_reply: { token: 'visit', data: { day: 'tuesday' } } } },
    }),
    contact({
      type: 'special',
      text: 'ראיתי את המודעה',
      special: { facebook: { referral: { ad_id: '555' } } },
    }),
    // Typed in the channel's own app, and sent over the API: outgoing with nobody's name on it.
    agent({ type: 'special', text: 'עונה מהנייד', special: { isEchoMessage: true }, agent: undefined }),
    agent({ ...text('ההזמנה יצאה לדרך'), agent: undefined }),
    agent({ ...text('כתובת שגויה'), status: 4, statusHistory: failed(end, 4) }),
    agent({ ...text('אין חיבור לערוץ'), status: 5, statusHistory: failed(end, 5) }),
    agent({ ...text('נמחק'), status: 6, statusHistory: failed(end, 6) }),
    contact({ ...text('תודה!'), reactions: [{ emoji: '❤️', from: AGENTS[0].uid }] }),
    system({ newChatStatus: 1, assignedBy: 'Bot', departmentId: 'customer_service' }),
    system({ newChatStatus: 2, assignedBy: AGENTS[0].uid, agentName: AGENTS[0].displayName }),
    system({ labelsAdded: ['VIP'], by: AGENTS[0].uid }),
    agent(text('سنعاود الاتصال بكم')),
  ];
}

function failed(end: number, status: number): { status: number; timestamp: number }[] {
  return [
    { status: 0, timestamp: end - 300_000 },
    { status, timestamp: end - 299_000 },
  ];
}
