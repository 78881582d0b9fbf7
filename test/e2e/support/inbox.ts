import type { ChatEntry } from '../../../src/sandbox/data/store.ts';
import { aChat, aMessage } from '../../support/sandbox.ts';

const NEWEST = 1_700_000_000_000;

/** Chats `c1`, `c2` and so on, newest first, each with one message that says its chat's id. */
export function anInbox(size: number): ChatEntry[] {
  return Array.from({ length: size }, (_, index) => {
    const chatId = `c${index + 1}`;
    return aChat(chatId, {}, [aMessage(`m${index + 1}`, NEWEST - index * 1000, { text: chatId })]);
  });
}

/** One REST call for the list, and one for each of its chats. */
export const INBOX = '{ chats(first: 100) { nodes { chatId lastMessage { text } } } }';

export interface InboxData {
  readonly chats: {
    readonly nodes: readonly { readonly chatId: string; readonly lastMessage: { text: string } | null }[];
  };
}

/** One REST call. */
export const titleOf = (chatId: string) => `{ chat(chatId: "${chatId}") { title } }`;

/** One REST call that writes. */
export const writeTo = (chatId: string) =>
  `mutation { updateChatCrmData(input: { chatId: "${chatId}", data: { tier: "gold" } }) { chat { crmData } } }`;
