import { builder } from '../builder.ts';
import type { ChatHandle } from '../loaders/chat-handle.ts';
import type { MessageNode } from '../model/message.ts';

// Chat and Message refer to one another; their references stand here so that their files need not.

export const ChatRef = builder.objectRef<ChatHandle>('Chat');
export const MessageRef = builder.objectRef<MessageNode>('Message');
