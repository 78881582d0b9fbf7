import { builder } from '../builder.ts';
import type { ChatHandle } from '../loaders/chat-handle.ts';
import type { MessageNode } from '../model/message.ts';

// Not builder.node, whose `id` is resolved by an async function: every list of nodes would be one of promises.
export const NodeRef = builder.nodeInterfaceRef();

// Chat and Message refer to one another; their references stand here so that their files need not.

export const ChatRef = builder.objectRef<ChatHandle>('Chat');
export const MessageRef = builder.objectRef<MessageNode>('Message');
