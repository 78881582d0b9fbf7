import { Bag, type Placed } from '../bag.ts';
import { GatewayError } from '../errors.ts';

/** A GraphQL request that has not been answered. */
export interface Operation extends Placed {
  /** Ends it: what is not yet read is given up. */
  abort(): void;
  /** Answers in its place. */
  answer(error: GatewayError): void;
}

/** What the process is doing, as probes and its own stop need to know it. */
export class Lifecycle {
  readonly #operations = new Bag<Operation>();
  readonly #waiting: (() => void)[] = [];
  #draining = false;

  /** From the moment a stop was asked for: /ready says 503, and connections are closed after their answer. */
  get draining(): boolean {
    return this.#draining;
  }

  /** GraphQL requests under way. */
  get size(): number {
    return this.#operations.size;
  }

  drain(): void {
    this.#draining = true;
  }

  begin(operation: Operation): void {
    this.#operations.add(operation);
  }

  end(operation: Operation): void {
    this.#operations.delete(operation);
    if (this.#operations.size === 0) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves when no GraphQL request is under way. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#operations.size === 0) resolve();
      else this.#waiting.push(resolve);
    });
  }

  /** Ends what is under way: each operation answers with what it has read and `OPERATION_TIMEOUT` for the rest. */
  cutOff(): void {
    for (const operation of this.#operations) operation.abort();
  }

  /** For operations that did not end even so. */
  answerRest(): void {
    for (const operation of this.#operations) operation.answer(stopping());
  }
}

function stopping(): GatewayError {
  return new GatewayError('OPERATION_TIMEOUT', 'The gateway stopped before the operation was done.');
}
