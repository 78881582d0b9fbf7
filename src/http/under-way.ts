import type { ServerResponse } from 'node:http';
import type { GatewayError } from '../errors.ts';
import type { LeaveSignal } from '../leave-signal.ts';
import { writeAnswer } from './graphql-answer.ts';
import type { Lifecycle, Operation } from './lifecycle.ts';
import type { AnswerType } from './media-types.ts';
import type { Reply } from './reply.ts';

/** A GraphQL request until it is answered: what a stop waits for and ends, and what the reads made for it watch. */
export class UnderWay implements Operation, LeaveSignal {
  aborted = false;
  place = 0;
  /** Nearly always one, for all reads together. */
  #listeners: readonly (() => void)[] = [];
  readonly #reply: Reply;
  readonly #type: AnswerType;

  /** Registers with the lifecycle until the response is closed; aborts when that is before its end. */
  constructor(lifecycle: Lifecycle, res: ServerResponse, reply: Reply, type: AnswerType) {
    this.#reply = reply;
    this.#type = type;
    lifecycle.begin(this);
    res.once('close', () => {
      lifecycle.end(this);
      if (!res.writableFinished) this.abort();
    });
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    for (const listener of this.#listeners) listener();
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners = [...this.#listeners, listener];
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners = this.#listeners.filter((other) => other !== listener);
  }

  answer(error: GatewayError): void {
    this.#reply.answer(writeAnswer({ errors: [error], data: null }, this.#type));
  }
}
