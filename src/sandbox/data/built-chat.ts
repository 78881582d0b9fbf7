import { Random } from '../random.ts';
import type { Chat } from '../rest/chat.ts';
import { AGENTS, type Channel, channelInfo, LABELS } from './business.ts';
import { SCRIPT, STATUS, TURNS_BY_STATUS } from './conversation.ts';
import { ConversationThread } from './conversation-thread.ts';
import { crmFields } from './crm-fields.ts';
import { type Language, PHRASES } from './phrases/phrases.ts';
import { statusFields } from './status-fields.ts';
import { type ChatEntry, once, previewOf } from './store.ts';

const DAY = 86_400_000;

/** What decides a chat; everything else about it follows from the seed. */
export interface ChatPlan {
  readonly chatId: string;
  /** Numbers the contacts: no two chats on a channel have the same. */
  readonly number: number;
  readonly channel: Channel;
  readonly language: Language;
  readonly status: (typeof STATUS)[keyof typeof STATUS];
  /** Conversations before the one that the status belongs to. */
  readonly earlier: number;
  /** Turns of that conversation; as many as the status allows where not given. */
  readonly turns?: number;
  /** Epoch ms of the last message. */
  readonly end: number;
  /** Days from one conversation to the next. */
  readonly days: number;
}

/** A chat of the made-up business with the thread that explains it. */
export function buildChat(seed: number, plan: ChatPlan): ChatEntry {
  const { chatId, status, language, end } = plan;
  const random = new Random(seed, chatId, 'chat');
  const [least, most] = TURNS_BY_STATUS[status];
  const contact = channelInfo(plan.channel, plan.number);
  const thread = new ConversationThread({
    seed,
    chatId,
    channelInfo: contact,
    language,
    length: plan.earlier * SCRIPT.length + (plan.turns ?? random.integer(least, most)),
    end,
    period: plan.days * DAY,
    campaign: status === STATUS.bulk,
  });
  const incomingAt = thread.lastTimeOf('contact');
  const { firstNames, lastNames } = PHRASES[language];
  const title = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  const chat: Chat = {
    _id: chatId,
    title,
    channelInfo: contact,
    ...statusFields(status, thread, random),
    last_message_timestamp: thread.timeAt(thread.length - 1),
    ...(incomingAt !== undefined && { lastIncomingMessageTimestamp: incomingAt }),
    ...contactFields(random, title, language),
    ...crmFields(random, end),
    externalBot: random.chance(0.03),
    created: new Date(thread.timeAt(0) - random.integer(50, 900)).toISOString(),
    updatedAt: new Date(end + random.integer(100, 900)).toISOString(),
  };
  return { chat, thread, lastMessage: once(() => previewOf(thread)) };
}

function contactFields(random: Random, title: string, language: Language): Partial<Chat> {
  const labels = random.shuffle(LABELS).slice(0, random.integer(0, 3));
  return {
    ...(random.chance(0.35) && {
      displayName: `${title} (${random.pick(['חיפה', 'Haifa', 'حيفا', 'B2B'])})`,
    }),
    ...(random.chance(0.4) && { personId: random.hex(24) }),
    ...(random.chance(0.3) && { image: random.hex(24) }),
    ...(random.chance(0.7) && { labels }),
    ...(random.chance(0.5) && { language }),
    ...(random.chance(0.2) && { blockedChat: { blocked: false } }),
    ...(random.chance(0.03) && { blockedChat: { blocked: true, agent: random.pick(AGENTS).uid } }),
  };
}
