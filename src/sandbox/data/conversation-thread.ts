import { Random } from '../random.ts';
import type { ChannelInfo } from '../rest/chat.ts';
import type { Message } from '../rest/message.ts';
import { AGENTS } from './business.ts';
import { CAMPAIGN_TURN, SCRIPT, type Scene, type Speaker, TURN, type Turn } from './conversation.ts';
import { envelope } from './envelope.ts';
import { type Language, PHRASES } from './phrases/phrases.ts';
import type { Thread } from './thread.ts';

export interface ConversationThreadOptions {
  readonly seed: number;
  readonly chatId: string;
  readonly channelInfo: ChannelInfo;
  readonly language: Language;
  /** Messages in all; the last conversation may be cut off. */
  readonly length: number;
  /** Epoch ms of the last message. */
  readonly end: number;
  /** Ms from one conversation to the next, on average; more than twice the longest conversation. */
  readonly period: number;
  /** Whether the last conversation was opened by a campaign. */
  readonly campaign: boolean;
}

const TURNS = SCRIPT.length;

/**
 * A thread that is not held in memory: any message follows from the seed, the chat and its index, because every
 * conversation has a random stream and a start of its own.
 */
export class ConversationThread implements Thread {
  readonly #options: ConversationThreadOptions;
  readonly #conversations: number;
  readonly #lastStart: number;

  constructor(options: ConversationThreadOptions) {
    this.#options = options;
    this.#conversations = Math.ceil(options.length / TURNS);
    const lastOffset = this.#offsets(this.#conversations - 1)[(options.length - 1) % TURNS] ?? 0;
    // Whole seconds, because that is how WhatsApp dates what a contact sends.
    this.#lastStart = Math.floor((options.end - lastOffset) / 1000) * 1000;
  }

  get length(): number {
    return this.#options.length;
  }

  timeAt(index: number): number {
    const conversation = Math.floor(index / TURNS);
    return this.#start(conversation) + (this.#offsets(conversation)[index % TURNS] ?? 0);
  }

  slice(start: number, end: number): readonly Message[] {
    const messages: Message[] = [];
    const last = Math.min(end, this.length);
    for (let index = start; index < last; ) {
      const conversation = Math.floor(index / TURNS);
      const first = conversation * TURNS;
      messages.push(...this.#turns(conversation, index - first, Math.min(last - first, TURNS)));
      index = first + TURNS;
    }
    return messages;
  }

  session(botSessionId: string): readonly Message[] {
    const conversation = Number.parseInt(botSessionId.slice(-8), 16);
    if (!(conversation < this.#conversations) || this.sessionId(conversation) !== botSessionId) return [];
    const first = conversation * TURNS;
    return this.slice(first, first + TURN.handoff + 1).filter(
      (message) => message.botSessionId !== undefined,
    );
  }

  /** Epoch ms of the newest message by a speaker. */
  lastTimeOf(speaker: Speaker): number | undefined {
    let index = this.length - 1;
    while (index >= 0 && this.#turn(Math.floor(index / TURNS), index % TURNS).by !== speaker) index -= 1;
    return index < 0 ? undefined : this.timeAt(index);
  }

  /** The id of a conversation's bot session. Its end tells the conversation, so that a session is found by its id. */
  sessionId(conversation: number): string {
    const { seed, chatId } = this.#options;
    return (
      new Random(seed, chatId, conversation, 'session').hex(56) + conversation.toString(16).padStart(8, '0')
    );
  }

  /** Who and what a conversation is about; the last one's by default. */
  scene(conversation = this.#conversations - 1): Scene {
    const { seed, chatId, language } = this.#options;
    const random = new Random(seed, chatId, conversation, 'scene');
    const phrases = PHRASES[language];
    const order = `PR-${random.integer(40_000, 99_999)}`;
    return { phrases, topic: random.pick(phrases.topics), agent: random.pick(AGENTS), order };
  }

  /** The messages of one conversation from turn `from` up to but not including turn `to`. */
  #turns(conversation: number, from: number, to: number): Message[] {
    const { seed, chatId, channelInfo } = this.#options;
    const scene = this.scene(conversation);
    const sessionId = this.sessionId(conversation);
    const start = this.#start(conversation);
    const offsets = this.#offsets(conversation);
    const messages: Message[] = [];
    for (let position = from; position < to; position += 1) {
      const turn = this.#turn(conversation, position);
      const random = new Random(seed, chatId, conversation, position);
      const timestamp = start + (offsets[position] ?? 0);
      const posting = { random, chatId, channelInfo, by: turn.by, agentUid: scene.agent.uid, timestamp };
      const inSession = position <= TURN.handoff && turn !== CAMPAIGN_TURN;
      messages.push(
        Object.assign(
          envelope(posting),
          inSession ? { botSessionId: sessionId } : {},
          turn.say(scene, random),
        ),
      );
    }
    return messages;
  }

  #turn(conversation: number, position: number): Turn {
    const opening = position === 0 && conversation === this.#conversations - 1;
    return (opening && this.#options.campaign ? undefined : SCRIPT[position]) ?? CAMPAIGN_TURN;
  }

  #start(conversation: number): number {
    const { seed, chatId, period } = this.#options;
    const back = this.#conversations - 1 - conversation;
    if (back === 0) return this.#lastStart;
    const jitter = new Random(seed, chatId, conversation, 'start').integer(0, Math.floor(period / 2500));
    return this.#lastStart - Math.floor((back * period) / 1000) * 1000 - jitter * 1000;
  }

  /** Ms of each turn since the conversation's start. Never falling, though only some times are whole seconds. */
  #offsets(conversation: number): number[] {
    const { seed, chatId, channelInfo } = this.#options;
    const random = new Random(seed, chatId, conversation, 'offsets');
    let seconds = 0;
    let fraction = 0;
    return SCRIPT.map(({ by, pause: [least, most] }) => {
      const pause = random.integer(least, most);
      const whole = by === 'contact' && channelInfo.name === 'whatsapp';
      if (pause > 0) fraction = whole ? 0 : random.integer(0, 999);
      seconds += pause;
      return seconds * 1000 + fraction;
    });
  }
}
