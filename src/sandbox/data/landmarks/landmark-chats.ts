import { LANDMARK_SESSION, LANDMARKS } from '../../landmarks.ts';
import type { ChannelInfo, Chat } from '../../rest/chat.ts';
import { buildChat, type ChatPlan } from '../built-chat.ts';
import { channelInfo } from '../business.ts';
import { STATUS } from '../conversation.ts';
import { emptyChat } from '../empty-chat.ts';
import { type ChatEntry, chatEntry } from '../store.ts';
import { BOT_SESSION } from './bot-session.ts';
import { everyContent } from './every-content.ts';
import { fullChatFields } from './full-chat.ts';
import { FUTURE_CHANNEL, FUTURE_LINES, FUTURE_STATUS } from './future.ts';
import { oldChatFields } from './old-chat.ts';
import { type ScriptedLine, scripted } from './scripted.ts';
import { TIED_LINES } from './tied.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** The chats of `LANDMARKS`, in no order. `now` is epoch ms. */
export function landmarkChats(seed: number, now: number): ChatEntry[] {
  const minutesAgo = (minutes: number) => now - minutes * MINUTE;
  const plan = (chatId: string, number: number, rest: Omit<ChatPlan, 'chatId' | 'number'>) =>
    buildChat(seed, { chatId, number, ...rest });

  // 1176 conversations of 17 messages and 8 of the last are 20 000.
  const longThread = plan(LANDMARKS.longThread, 385, {
    channel: 'whatsapp',
    language: 'he',
    status: STATUS.assigned,
    earlier: 1176,
    turns: 8,
    end: minutesAgo(1.5),
    days: 0.75,
  });
  const sms = plan(LANDMARKS.sms, 386, {
    channel: 'sms',
    language: 'ar',
    status: STATUS.pending,
    earlier: 2,
    end: minutesAgo(45),
    days: 6,
  });
  const email = plan(LANDMARKS.email, 387, {
    channel: 'email',
    language: 'en',
    status: STATUS.assigned,
    earlier: 2,
    end: minutesAgo(70),
    days: 5,
  });
  const full = plan(LANDMARKS.fullChat, 380, {
    channel: 'whatsapp',
    language: 'he',
    status: STATUS.assigned,
    earlier: 3,
    end: minutesAgo(5),
    days: 4,
  });
  const old = plan(LANDMARKS.oldChat, 383, {
    channel: 'whatsapp',
    language: 'he',
    status: STATUS.resolved,
    earlier: 1,
    end: now - 900 * DAY,
    days: 9,
  });
  return [
    longThread,
    sms,
    email,
    {
      ...full,
      chat: {
        ...full.chat,
        ...fullChatFields('דנה לוי', full.chat.previousBotSession?.id ?? '', minutesAgo(5)),
      },
    },
    {
      chat: { _id: LANDMARKS.oldChat, ...oldChatFields(old.thread.timeAt(old.thread.length - 1)) },
      thread: old.thread,
      lastMessage: () => undefined,
    },
    emptyChat(LANDMARKS.emptyChat, 'Import 0042', 'whatsapp', 384, now - 3 * DAY),
    scriptedChat(
      LANDMARKS.everyContent,
      'נועה ברק',
      channelInfo('whatsapp', 381),
      minutesAgo(3),
      everyContent(minutesAgo(3)),
    ),
    scriptedChat(LANDMARKS.tieThread, 'יואב פרץ', channelInfo('whatsapp', 382), minutesAgo(20), TIED_LINES),
    scriptedChat(
      LANDMARKS.botSession,
      'ليلى حداد',
      channelInfo('whatsapp', 388),
      minutesAgo(9),
      BOT_SESSION,
      {
        botState: { id: LANDMARK_SESSION, flowVersion: { identifier: 'pardes', version: 12 }, node: 'faq' },
      },
    ),
    scriptedChat(LANDMARKS.future, 'Ada Tomorrow', FUTURE_CHANNEL, minutesAgo(120), FUTURE_LINES, {
      status: FUTURE_STATUS,
      mood: 'curious',
    }),
  ];
}

function scriptedChat(
  chatId: string,
  title: string,
  contact: ChannelInfo,
  end: number,
  lines: readonly ScriptedLine[],
  fields: Partial<Chat> = {},
): ChatEntry {
  const messages = scripted(chatId, contact, end, lines);
  const chat: Chat = {
    _id: chatId,
    title,
    channelInfo: contact,
    status: STATUS.bot,
    agent: { uid: null, displayName: '' },
    departmentId: null,
    unreadCount: 0,
    externalBot: false,
    botState: null,
    replyAction: null,
    created: new Date(messages[0]?.timestamp ?? end).toISOString(),
    updatedAt: new Date(end).toISOString(),
    ...fields,
  };
  return chatEntry(chat, messages);
}
