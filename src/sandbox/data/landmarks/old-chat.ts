import type { Chat } from '../../rest/chat.ts';
import { ACCOUNTS, contactId } from '../business.ts';

/** From before channelInfo, lastMessage and chatStatus: all there is are the deprecated fields. `end` is epoch ms. */
export function oldChatFields(end: number): Omit<Chat, '_id'> {
  const seconds = Math.floor(end / 1000);
  const phone = `+${contactId('whatsapp', 383)}`;
  return {
    title: 'אסתר מלכה',
    status: 3,
    agent: { uid: null, displayName: '' },
    departmentId: null,
    unreadCount: 0,
    botState: null,
    replyAction: { created: seconds - 60, expirationTime: 86_400, status: 0 },
    created: new Date(end - 30 * 86_400_000).toISOString(),
    updatedAt: new Date(end + 500).toISOString(),
    last_message_timestamp: end,
    channel: 'whatsapp',
    clientPhone: phone,
    clientPhoneE164: phone,
    entityPhone: `+${ACCOUNTS.whatsapp[0]}`,
    lastText: 'תודה, נדבר',
    unsubscribeTime: seconds - 600,
    blockTemplates: true,
    firestoreId: 'Qm7xKpardes0000oldAA',
  };
}
