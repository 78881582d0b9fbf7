import type { Random } from '../random.ts';
import { type Agent, contactId } from './business.ts';
import {
  buttonMenu,
  type Content,
  contactCard,
  listMenu,
  location,
  type MediaType,
  media,
  template,
  text,
} from './content.ts';
import type { Phrases, Topic } from './phrases/phrases.ts';

/** Who takes part in one conversation, and about what. */
export interface Scene {
  readonly phrases: Phrases;
  readonly topic: Topic;
  readonly agent: Agent;
  readonly order: string;
}

export type Speaker = 'contact' | 'bot' | 'agent' | 'system';

export interface Turn {
  readonly by: Speaker;
  /** Seconds since the turn before, at least and at most. */
  readonly pause: readonly [number, number];
  readonly say: (scene: Scene, random: Random) => Content | { readonly [detail: string]: unknown };
}

/**
 * One conversation: the bot asks what it is about, an agent takes over and solves it. A chat is a row of these, the
 * last one cut off where the chat's status says, so that the thread always explains the status.
 */
export const SCRIPT: readonly Turn[] = [
  {
    by: 'contact',
    pause: [0, 0],
    say: ({ phrases }, random) => ({
      ...text(random.pick(phrases.greetings)),
      metadata: { triggeredBot: true },
    }),
  },
  {
    by: 'bot',
    pause: [1, 3],
    say: ({ phrases }, random) => (random.chance(0.6) ? buttonMenu : listMenu)(random, phrases),
  },
  {
    by: 'contact',
    pause: [8, 60],
    say: ({ topic: { payload, title } }) => ({ type: 'postback', postback: { payload, title } }),
  },
  { by: 'bot', pause: [1, 2], say: ({ topic }, random) => text(random.pick(topic.ask)) },
  { by: 'contact', pause: [15, 90], say: (scene, random) => line(scene, random.pick(scene.topic.detail)) },
  { by: 'bot', pause: [1, 2], say: ({ phrases }, random) => text(random.pick(phrases.handoff)) },
  {
    by: 'system',
    pause: [1, 1],
    say: ({ topic }) => ({ newChatStatus: 1, assignedBy: 'Bot', departmentId: topic.departmentId }),
  },
  {
    by: 'system',
    pause: [60, 1500],
    say: ({ agent }) => ({ newChatStatus: 2, assignedBy: agent.uid, agentName: agent.displayName }),
  },
  { by: 'agent', pause: [2, 10], say: (scene, random) => line(scene, random.pick(scene.phrases.agentHello)) },
  { by: 'contact', pause: [20, 120], say: ({ topic }, random) => text(random.pick(topic.question)) },
  // Sent together with the question: on WhatsApp, whose times are whole seconds, in the same millisecond.
  { by: 'contact', pause: [0, 0], say: attachment },
  { by: 'agent', pause: [30, 400], say: (scene, random) => line(scene, random.pick(scene.topic.answer)) },
  { by: 'contact', pause: [20, 300], say: ({ topic }, random) => text(random.pick(topic.followUp)) },
  { by: 'agent', pause: [30, 400], say: resolution },
  { by: 'contact', pause: [10, 120], say: ({ phrases }, random) => text(random.pick(phrases.thanks)) },
  { by: 'agent', pause: [5, 60], say: ({ phrases }, random) => text(random.pick(phrases.closings)) },
  { by: 'system', pause: [5, 900], say: ({ agent }) => ({ newChatStatus: 3, resolvedBy: agent.uid }) },
];

/** Turns that other data refers to, by their place in the script. */
export const TURN = { handoff: 6, resolved: 16 } as const;

/** Numbers of chat.status. Source: documentation page "Enums". */
export const STATUS = { bot: 0, pending: 1, assigned: 2, resolved: 3, bulk: 4 } as const;

/** How many turns of the last conversation have happened in a chat of each status, at least and at most. */
export const TURNS_BY_STATUS = [
  [1, TURN.handoff],
  [TURN.handoff + 1, TURN.handoff + 1],
  [TURN.handoff + 2, TURN.resolved],
  [TURN.resolved + 1, TURN.resolved + 1],
  [1, 1],
] as const;

/** In place of the first turn of a conversation that a campaign opened. */
export const CAMPAIGN_TURN: Turn = {
  by: 'agent',
  pause: [0, 0],
  say: ({ phrases }, random) => template(random.pick(phrases.campaigns)),
};

function line({ order, agent }: Scene, phrase: string): Content {
  return text(phrase.replace('{order}', order).replace('{agent}', agent.displayName));
}

function attachment({ phrases }: Scene, random: Random): Content {
  if (random.chance(0.08)) return location();
  if (random.chance(0.06))
    return contactCard('Noa', contactId('whatsapp', random.integer(0, 99)), random.chance(0.5));
  const kind = random.pick<MediaType>(['image', 'image', 'image', 'video', 'audio', 'sticker', 'document']);
  const caption = kind === 'image' && random.chance(0.5) ? { caption: random.pick(phrases.captions) } : {};
  return media(random, kind, caption);
}

function resolution(scene: Scene, random: Random): Content {
  const { topic, order, agent } = scene;
  const caption = random.pick(topic.resolution).replace('{order}', order);
  if (topic.payload === 'service' && random.chance(0.4))
    return contactCard(agent.displayName, contactId('sms', 99), false);
  return media(random, 'document', { caption, filename: `${topic.payload}-${order}.pdf` });
}
