import { builder } from '../builder.ts';
import type { BotStateHandle } from '../loaders/bot-state-handle.ts';
import { extraState, latestAgent } from '../model/bot-state.ts';
import type { IdentifiedBotState } from '../model/chat-fields.ts';
import { FULL_VIEWS } from '../model/chat-views.ts';
import { mapMaybe } from '../model/maybe-promise.ts';
import type { WireBotState } from '../texter/wire.ts';
import { AgentRef } from './agent.ts';
import { MessageConnectionRef } from './message-connection.ts';

const BotFlowVersionRef = builder
  .objectRef<NonNullable<WireBotState['flowVersion']>>('BotFlowVersion')
  .implement({
    description: 'Which bot runs a session, and in which version of its script.',
    fields: (t) => ({
      identifier: t.string({ description: 'Name of the bot.', resolve: (flow) => flow.identifier }),
      version: t.int({
        description: 'Counts up each time the bot is published.',
        resolve: (flow) => flow.version,
      }),
    }),
  });

/** A field of the state, which only the full record has: at most two REST calls for all of them together. */
function read<T>(map: (state: IdentifiedBotState) => T) {
  return {
    resolve: (session: BotStateHandle) => mapMaybe(session.state(), map),
    extensions: { views: FULL_VIEWS },
  };
}

export const BotStateRef = builder.objectRef<BotStateHandle>('BotState').implement({
  description:
    "A session of a bot in a chat. May hold personal data that the contact typed. All but `sessionId` and `messages` are part of the chat's full record.",
  fields: (t) => ({
    sessionId: t.exposeID('sessionId', {
      nullable: false,
      description: "REST's `botState.id`; messages sent during the session carry it as `botSessionId`.",
    }),
    flowVersion: t.field({
      type: BotFlowVersionRef,
      description: 'Bot and version that the session runs on; null where Texter does not say.',
      ...read((state) => state.flowVersion),
    }),
    node: t.string({
      description: "Name of the step in the bot's script that it stands at, or stood at last.",
      ...read((state) => state.node),
    }),
    userState: t.field({
      type: 'JSONObject',
      description: 'What the contact answered, keyed by the name of the step that asked.',
      ...read((state) => state.userState),
    }),
    store: t.field({
      type: 'JSONObject',
      description: 'Variables that the script keeps; free form.',
      ...read((state) => state.store),
    }),
    latestAgent: t.field({
      type: AgentRef,
      description: 'The agent who last had the chat before or during the session; null for none.',
      ...read(latestAgent),
    }),
    extra: t.field({
      type: 'JSONObject',
      description: "Keys that this bot keeps beyond Texter's documented ones; null when there are none.",
      ...read(extraState),
    }),
    messages: t.field({
      type: MessageConnectionRef,
      description:
        "Messages of this session only, paged as `Chat.messages` is. Usually one REST call, more where Texter cuts a session's list.",
      args: t.arg.connectionArgs(),
      resolve: ({ chat, sessionId, knownAfter }, args, { loaders }) =>
        loaders.messages.page({
          chatId: chat.chatId,
          knownAfter,
          session: { id: sessionId, fromCaller: false },
          args,
        }),
    }),
  }),
});
