import { badUserInput } from '../errors.ts';
import { isChatId } from '../texter/chat-id.ts';
import { type NodeReference, readNodeId } from './ids.ts';
import { isJsonObject } from './json.ts';

/** What a router names by `__typename` and a key. */
export type EntityReference = NodeReference | { readonly typename: 'Agent'; readonly uid: string };

type Representation = Readonly<Record<string, unknown>>;

/**
 * Reads one element of `_entities(representations:)`. Members that are no key are passed over: a router may send
 * what it knows. Throws `BAD_USER_INPUT` for what names no entity of this subgraph.
 */
export function readReference(representation: unknown): EntityReference {
  if (!isJsonObject(representation)) throw badUserInput('A representation must be an object.');
  switch (representation.__typename) {
    case 'Chat':
      return chatReference(representation);
    case 'Message':
      return nodeReference('Message', requiredKey(representation, 'id'));
    case 'Agent':
      return { typename: 'Agent', uid: requiredKey(representation, 'uid') };
    default:
      throw badUserInput('The __typename of a representation must be Chat, Message or Agent.');
  }
}

/** A chat has two keys. A router sends one; where both come, they must name the same chat. */
function chatReference(representation: Representation): EntityReference {
  const id = key(representation, 'id');
  if (id === undefined) {
    const chatId = requiredKey(representation, 'chatId');
    if (!isChatId(chatId)) throw badUserInput('The chatId of a representation is not the id of a chat.');
    return { typename: 'Chat', chatId };
  }
  const reference = nodeReference('Chat', id);
  const chatId = key(representation, 'chatId') ?? reference.chatId;
  if (chatId !== reference.chatId)
    throw badUserInput('id and chatId of a representation name different chats.');
  return reference;
}

function nodeReference(typename: NodeReference['typename'], id: string): NodeReference {
  const reference = readNodeId(id);
  if (reference?.typename === typename) return reference;
  throw badUserInput(`The id of a representation is not that of a ${typename}.`);
}

function requiredKey(representation: Representation, name: string): string {
  const value = key(representation, name);
  if (value === undefined) throw badUserInput(`A representation of this type needs its ${name}.`);
  return value;
}

/** Keys are texts and are not coerced: the number 1 and the text "1" would be two keys of one object. */
function key(representation: Representation, name: string): string | undefined {
  const value = representation[name];
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  throw badUserInput(`The ${name} of a representation must be a text.`);
}
