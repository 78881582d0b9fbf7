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
export class Loaders {
  readonly #upstream: Upstream;
  readonly #memory: SharedMemory;
  readonly #maxPageSize: number;
  #chats: ChatLoaders | undefined;
  #messages: MessageLoaders | undefined;

  constructor(upstream: Upstream, memory: SharedMemory, maxPageSize: number) {
    this.#upstream = upstream;
    this.#memory = memory;
    this.#maxPageSize = maxPageSize;
  }

  // Made when a field asks for them: few operations need both.

  get chats(): ChatLoaders {
    this.#chats ??= new ChatLoaders(this.#upstream, this.#memory.chats, this.#maxPageSize);
    return this.#chats;
  }

  get messages(): MessageLoaders {
    this.#messages ??= new MessageLoaders(this.#upstream, this.#memory.habits, this.#maxPageSize);
    return this.#messages;
  }

  /** Throws `BAD_USER_INPUT` for a list argument that is longer than the largest page. */
  checkListSize(argument: string, size: number): void {
    if (size > this.#maxPageSize)
      throw badUserInput(`${argument} takes at most ${this.#maxPageSize} entries, not ${size}.`);
  }
}

export function createLoaders(upstream: Upstream, memory: SharedMemory, maxPageSize: number): Loaders {
  return new Loaders(upstream, memory, maxPageSize);
}
