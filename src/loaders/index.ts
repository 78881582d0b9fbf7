import { badUserInput } from '../errors.ts';
import type { UpstreamHabits } from '../paging/upstream-habits.ts';
import { ChatLoaders } from './chats.ts';
import type { ChatMemory } from './memory.ts';
import { MessageLoaders } from './messages.ts';
import type { Upstream } from './upstream.ts';

/** What one process keeps between operations. */
export interface SharedMemory {
  readonly chats: ChatMemory;
  /** What the upstream was seen to do where its documentation is silent. */
  readonly habits: UpstreamHabits;
}

/** Every way data enters an operation; a new table for each. */
export interface Loaders {
  readonly chats: ChatLoaders;
  readonly messages: MessageLoaders;
  /** Throws `BAD_USER_INPUT` for a list argument that is longer than the largest page. */
  checkListSize(argument: string, size: number): void;
}

export function createLoaders(upstream: Upstream, memory: SharedMemory, maxPageSize: number): Loaders {
  return {
    chats: new ChatLoaders(upstream, memory.chats, maxPageSize),
    messages: new MessageLoaders(upstream, memory.habits, maxPageSize),
    checkListSize(argument, size) {
      if (size > maxPageSize)
        throw badUserInput(`${argument} takes at most ${maxPageSize} entries, not ${size}.`);
    },
  };
}
