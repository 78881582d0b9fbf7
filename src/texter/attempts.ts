import { TurnBatch } from '../turn.ts';
import type { Breaker } from './breaker.ts';
import type { Outcome, OutcomeListener, RestCall, WireOutcome, WireStatus } from './call.ts';
import { Concurrency, type Turn, type TurnListener } from './concurrency.ts';
import type { Endpoint } from './errors.ts';
import type { RateLimitPauses } from './rate-limit-pauses.ts';
import type { Transport } from './transport.ts';

export interface AttemptsOptions {
  readonly transport: Transport;
  readonly pauses: RateLimitPauses;
  readonly breakers: Readonly<Record<Endpoint, Breaker>>;
  /** Attempts under way at once. */
  readonly limit: number;
  /** Those that may wait behind them. */
  readonly queueLimit: number;
  /** Called for each attempt that reached the wire. */
  readonly onResponse: (endpoint: Endpoint, status: WireStatus) => void;
  /** Who is told what came of an attempt. */
  readonly listener: OutcomeListener;
}

interface Ended {
  readonly call: RestCall;
  readonly outcome: WireOutcome;
}

/** Attempts to make a call: past the breaker and a pause, in its turn, onto the wire; what came of it is told to all three. */
export class Attempts implements TurnListener, OutcomeListener<WireOutcome> {
  readonly concurrency: Concurrency;
  readonly #options: AttemptsOptions;
  /** Who waits for a call is told with the batch; its slot goes on when the turn ends, with its connection: see Connections. */
  readonly #ended = new TurnBatch<Ended>(
    (ended) => this.#report(ended),
    (ended) => this.#handOn(ended),
  );

  constructor(options: AttemptsOptions) {
    this.#options = options;
    this.concurrency = new Concurrency(options.limit, options.queueLimit, this);
  }

  begin(call: RestCall): void {
    const { pauses } = this.#options;
    if (call.cancelled) this.#tell(call, { status: 'aborted', body: '' });
    else if (this.#isRefused(call)) this.#tell(call, { status: 'breaker-open', body: '' });
    else if (pauses.blocks(call)) pauses.wait(call).then(() => this.begin(call));
    else if (this.concurrency.tryTake()) this.#send(call);
    else this.concurrency.wait(call);
  }

  onTurn(call: RestCall, turn: Turn): void {
    if (turn === 'overloaded') {
      this.#tell(call, { status: 'overloaded', body: '' });
    } else if (turn === 'cancelled') {
      this.#tell(call, { status: 'aborted', body: '' });
    } else if (!call.cancelled && !this.#isRefused(call) && !this.#options.pauses.blocks(call)) {
      this.#send(call);
    } else {
      // The queue took time, in which the breaker opened or a pause began: back to the start. Not in this stack, which
      // would grow by each call of a queue that are all refused now.
      Promise.resolve().then(() => {
        this.concurrency.release();
        this.begin(call);
      });
    }
  }

  #isRefused(call: RestCall): boolean {
    return this.#options.breakers[call.request.endpoint].refuses(performance.now());
  }

  /** With a slot taken. Everything up to the wire is synchronous, so that two calls cannot both be the probe. */
  #send(call: RestCall): void {
    const { breakers, pauses, transport } = this.#options;
    breakers[call.request.endpoint].enter(call);
    pauses.enter(call);
    transport(call, this);
  }

  /** What the wire brought: maybe told in a stack of the wire's, or before the call has been handed to it. */
  onOutcome(call: RestCall, outcome: WireOutcome): void {
    this.#ended.add({ call, outcome });
  }

  /** Takes note of what came of a call, and gives its slot to the next. */
  #handOn({ call, outcome }: Ended): void {
    const { breakers, pauses } = this.#options;
    const { status } = outcome;
    // Refused for its rate: it was not applied, and may be given up or sent again.
    if (status === 429) call.sent = false;
    breakers[call.request.endpoint].record(call, status, performance.now());
    pauses.record(call, outcome);
    this.concurrency.release();
  }

  #report({ call, outcome }: Ended): void {
    this.#options.onResponse(call.request.endpoint, outcome.status);
    this.#tell(call, outcome);
  }

  #tell(call: RestCall, outcome: Outcome): void {
    this.#options.listener.onOutcome(call, outcome);
  }
}
