import type { Random } from '../random.ts';
import type { BotState, Chat, ReplyAction } from '../rest/chat.ts';
import { AGENTS } from './business.ts';
import { SCRIPT, STATUS, TURN } from './conversation.ts';
import type { ConversationThread } from './conversation-thread.ts';

/** The fields of a chat that go with its status: who has it, since when, and what the bot remembers. */
export function statusFields(status: number, thread: ConversationThread, random: Random): Partial<Chat> {
  const { agent, topic } = thread.scene();
  const waiting = status === STATUS.pending || status === STATUS.assigned;
  const pendingSince = secondsOfLast(thread, TURN.handoff);
  const resolvedAt = secondsOfLast(thread, TURN.resolved);
  return {
    status,
    agent: status === STATUS.assigned ? agent : { uid: null, displayName: random.chance(0.8) ? '' : null },
    departmentId: waiting ? topic.departmentId : null,
    unreadCount: waiting ? random.integer(status === STATUS.pending ? 1 : 0, 5) : 0,
    ...(pendingSince !== undefined && { pendingUpdateTime: pendingSince }),
    ...(resolvedAt !== undefined && { resolvedUpdateTime: resolvedAt }),
    ...(status === STATUS.pending && pendingSince !== undefined && { pendingMessageTime: pendingSince + 30 }),
    ...(status === STATUS.resolved && { pendingMessageTime: null }),
    botState: botState(status, thread, random),
    ...(thread.length > TURN.handoff && { previousBotSession: session(thread, lastHandoff(thread), random) }),
    replyAction: status === STATUS.bulk ? replyAction(thread) : null,
    ...(status === STATUS.bulk && {
      latestBulkSendId: '66b01c0000000000000000bb',
      sendingBulkAgent: AGENTS[0].uid,
    }),
    ...(random.chance(0.04) && { hasMessageError: true }),
    ...(random.chance(0.05) && { unsubscribed: { date: new Date(thread.timeAt(0)).toISOString() } }),
  };
}

/** Full while the bot talks, its id alone while the chat waits, then nothing in either of two shapes. */
function botState(status: number, thread: ConversationThread, random: Random): BotState | null {
  if (status === STATUS.bot) return session(thread, conversations(thread) - 1, random);
  if (status === STATUS.pending) return { id: thread.sessionId(conversations(thread) - 1) };
  return status === STATUS.assigned ? {} : null;
}

function session(thread: ConversationThread, conversation: number, random: Random): BotState {
  const { topic, agent, order } = thread.scene(conversation);
  return {
    id: thread.sessionId(conversation),
    flowVersion: { identifier: 'pardes', version: 12 },
    node: `${topic.payload}.${random.pick(['ask', 'confirm', 'handoff'])}`,
    userState: { menu: { payload: topic.payload }, ask: { text: order } },
    store: { visits: conversation + 1, order },
    latestAgentUid: conversation === 0 ? null : agent.uid,
    latestAgentName: conversation === 0 ? null : agent.displayName,
    ...(random.chance(0.2) && { experiment: { name: 'short-menu', arm: 'b' } }),
  };
}

function replyAction(thread: ConversationThread): ReplyAction {
  return {
    created: Math.floor(thread.timeAt(thread.length - 1) / 1000),
    expirationTime: 3 * 86_400,
    chatStatus: STATUS.bot,
    bot: 'pardes',
    setBotNode: 'campaign.start',
  };
}

function conversations(thread: ConversationThread): number {
  return Math.ceil(thread.length / SCRIPT.length);
}

/** The last conversation that the bot handed over. */
function lastHandoff(thread: ConversationThread): number {
  return Math.floor((thread.length - 1 - TURN.handoff) / SCRIPT.length);
}

/** Epoch seconds of the latest time that a turn of the script happened. */
function secondsOfLast(thread: ConversationThread, turn: number): number | undefined {
  if (thread.length <= turn) return undefined;
  const round = Math.floor((thread.length - 1 - turn) / SCRIPT.length);
  return Math.floor(thread.timeAt(round * SCRIPT.length + turn) / 1000);
}
