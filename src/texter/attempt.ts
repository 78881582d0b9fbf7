import type { Breaker } from './breaker.ts';
import type { Dispatch, OutcomeListener, RestCall, WireOutcome, WireStatus } from './call.ts';
import type { Concurrency, Turn, Waiter } from './concurrency.ts';
import type { Endpoint } from './errors.ts';
import type { RateLimitPauses } from './rate-limit-pauses.ts';
import type { Transport } from './transport.ts';

export interface AttemptParts {
  readonly transport: Transport;
  readonly pauses: RateLimitPauses;
  readonly breakers: Readonly<Record<Endpoint, Breaker>>;
  readonly concurrency: Concurrency;
  /** Called for each attempt that reached the wire. */
  readonly onResponse: (endpoint: Endpoint, status: WireStatus) => void;
}

/** One attempt: past the breaker and a pause, in its turn, onto the wire; what came of it is told to all three. */
export function createAttempt(parts: AttemptParts): Dispatch {
  return (call, listener) => new Attempt(parts, call, listener).begin();
}

class Attempt implements Waiter {
  readonly #parts: AttemptParts;
  readonly #call: RestCall;
  readonly #listener: OutcomeListener;

  constructor(parts: AttemptParts, call: RestCall, listener: OutcomeListener) {
    this.#parts = parts;
    this.#call = call;
    this.#listener = listener;
  }

  begin(): void {
    const { pauses, concurrency } = this.#parts;
    const call = this.#call;
    if (call.cancelled) this.#listener.onOutcome({ status: 'aborted', body: '' });
    else if (this.#isRefused()) this.#listener.onOutcome({ status: 'breaker-open', body: '' });
    else if (pauses.blocks(call)) pauses.wait(call).then(() => this.begin());
    else if (concurrency.tryTake()) this.#send();
    else concurrency.wait(call, this);
  }

  onTurn(turn: Turn): void {
    const { pauses, concurrency } = this.#parts;
    if (turn === 'overloaded') {
      this.#listener.onOutcome({ status: 'overloaded', body: '' });
    } else if (turn === 'cancelled') {
      this.#listener.onOutcome({ status: 'aborted', body: '' });
    } else if (!this.#call.cancelled && !this.#isRefused() && !pauses.blocks(this.#call)) {
      this.#send();
    } else {
      // The queue took time, in which the breaker opened or a pause began: back to the start. Not in this stack, which
      // would grow by each call of a queue that are all refused now.
      Promise.resolve().then(() => {
        concurrency.release();
        this.begin();
      });
    }
  }

  #isRefused(): boolean {
    return this.#parts.breakers[this.#call.request.endpoint].refuses(performance.now());
  }

  /** With a slot taken. Everything up to the wire is synchronous, so that two calls cannot both be the probe. */
  #send(): void {
    const { breakers, pauses, transport } = this.#parts;
    const call = this.#call;
    breakers[call.request.endpoint].enter(call);
    pauses.enter(call);
    transport(call, (outcome) => this.#end(outcome));
  }

  #end(outcome: WireOutcome): void {
    const { breakers, pauses, concurrency, onResponse } = this.#parts;
    const call = this.#call;
    const { endpoint } = call.request;
    // Refused for its rate: it was not applied, and may be given up or sent again.
    if (outcome.status === 429) call.sent = false;
    breakers[endpoint].record(call, outcome.status, performance.now());
    pauses.record(call, outcome);
    concurrency.release();
    onResponse(endpoint, outcome.status);
    this.#listener.onOutcome(outcome);
  }
}
