import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { GatewayError } from '../errors.ts';
import { ChatHandle } from '../loaders/chat-handle.ts';
import type { Agent } from '../model/chat-fields.ts';
import { readReference } from '../model/entity-reference.ts';
import type { MessageReference } from '../model/ids.ts';
import type { MaybePromise } from '../model/maybe-promise.ts';
import type { MessageNode } from '../model/message.ts';
import { AgentRef } from '../schema/agent.ts';
import { selectedBy } from '../schema/look-ahead.ts';
import { ChatRef, MessageRef } from '../schema/refs.ts';
import { areKeys } from './keys.ts';

type Entity = ChatHandle | MessageNode | Agent;

builder.addScalarType('_Any', GraphQLJSON, {
  description: 'A reference to an entity: its `__typename` and the fields of one of its keys.',
});

const EntityRef = builder.unionType('_Entity', {
  description: 'What other subgraphs of a supergraph may refer to.',
  types: [ChatRef, MessageRef, AgentRef],
  resolveType: (entity: Entity) => {
    if (entity instanceof ChatHandle) return 'Chat';
    return 'wire' in entity ? 'Message' : 'Agent';
  },
});

builder.queryField('_entities', (t) =>
  t.field({
    type: [EntityRef],
    nullable: { list: false, items: true },
    description:
      'For the router of a supergraph: objects by reference, in the order of the references. A bad one nulls its own slot. Any number of them, within the REST calls that an operation may make.',
    args: {
      representations: t.arg({
        type: ['_Any'],
        required: true,
        description: 'The references. Two to one object are one read; key fields alone are none.',
      }),
    },
    resolve: (_root, { representations }, context, info) => {
      const readMessage = messageReader(context, info);
      return representations.map((representation) => readEntity(representation, context, readMessage));
    },
  }),
);

/** Never throws, because that would null the whole list: what fails is a rejection, in its own slot. */
function readEntity(
  representation: unknown,
  { loaders }: Context,
  readMessage: MessageReader,
): MaybePromise<Entity> {
  try {
    const reference = readReference(representation);
    switch (reference.typename) {
      case 'Chat':
        // Whether it exists is for the fields to find out: `messages` reads no chat, and the keys read nothing.
        return loaders.chats.byId(reference.chatId);
      case 'Message':
        return readMessage(reference);
      case 'Agent':
        return { uid: reference.uid, displayName: null };
    }
  } catch (error) {
    return Promise.reject(error);
  }
}

type MessageReader = (reference: MessageReference) => MaybePromise<MessageNode>;

/** Reads messages as far as the field selects more of them than their key. One REST call each, or none. */
function messageReader(context: Context, info: GraphQLResolveInfo): MessageReader {
  const selected = selectedBy(info, context);
  if (areKeys('Message', selected.fieldNames('Message'))) {
    return ({ chatId, timestamp, messageId }) => ({ chatId, wire: { _id: messageId, timestamp }, round: 0 });
  }
  return async (reference) => {
    const message = await context.loaders.messages.byReference(reference);
    if (message === null) throw new GatewayError('NOT_FOUND', 'There is no message with this id.');
    return message;
  };
}
