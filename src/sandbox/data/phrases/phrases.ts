import { arabic } from './arabic.ts';
import { english } from './english.ts';
import { hebrew } from './hebrew.ts';

export type Language = 'he' | 'ar' | 'en';
/** A list that has at least one element, so that picking from it always gives something. */
export type Variants = readonly [string, ...string[]];

/**
 * What people write to a furniture shop, and what its bot and its agents answer. `{order}` stands for an order
 * number, `{agent}` for the agent's name.
 */
export interface Phrases {
  readonly firstNames: Variants;
  readonly lastNames: Variants;
  readonly greetings: Variants;
  readonly menu: Variants;
  readonly menuButton: string;
  readonly handoff: Variants;
  readonly agentHello: Variants;
  readonly captions: Variants;
  readonly thanks: Variants;
  readonly closings: Variants;
  readonly campaigns: Variants;
  readonly topics: readonly [Topic, ...Topic[]];
}

/** One matter, in the order in which a conversation about it goes. */
export interface Topic {
  readonly payload: string;
  readonly departmentId: string;
  readonly title: string;
  readonly description: string;
  readonly ask: Variants;
  readonly detail: Variants;
  readonly question: Variants;
  readonly answer: Variants;
  readonly followUp: Variants;
  readonly resolution: Variants;
}

export const PHRASES: Readonly<Record<Language, Phrases>> = { he: hebrew, ar: arabic, en: english };
