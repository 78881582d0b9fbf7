import type { Agent, IdentifiedBotState } from './chat-fields.ts';

const DOCUMENTED = new Set([
  'id',
  'flowVersion',
  'node',
  'userState',
  'store',
  'latestAgentUid',
  'latestAgentName',
]);

/** The agent who last took over from the bot; null when there was none, or only a name is left of them. */
export function latestAgent(state: IdentifiedBotState): Agent | null {
  return state.latestAgentUid
    ? { uid: state.latestAgentUid, displayName: state.latestAgentName || null }
    : null;
}

/** Keys of the bot's own beyond the documented ones; null when there are none. */
export function extraState(state: IdentifiedBotState): Record<string, unknown> | null {
  const extra = Object.entries(state).filter(([key]) => !DOCUMENTED.has(key));
  return extra.length > 0 ? Object.fromEntries(extra) : null;
}
