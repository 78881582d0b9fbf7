import { GatewayError } from '../errors.ts';
import type { LeaveSignal } from '../leave-signal.ts';
import type { CallOptions, TexterClient } from '../texter/client.ts';
import type { TexterError } from '../texter/errors.ts';
import { operationTimeout, upstreamError } from './upstream-errors.ts';

/** What spared a read: the revision cache, or a call that was already under way. */
export type Reuse = 'revision' | 'joined';

export interface UpstreamOptions {
  readonly client: TexterClient;
  /** The Texter token that this operation's calls carry. */
  readonly token: string;
  /** Fires when the caller leaves. */
  readonly signal?: LeaveSignal | undefined;
  /** Epoch ms at which the operation ends. */
  readonly deadline: number;
  /** REST calls that the operation may make. */
  readonly budget: number;
  readonly traceparent?: string | undefined;
  /** Told of each read that cost no call of its own. */
  readonly onReused?: (by: Reuse) => void;
  /** Called when Texter has taken the token. */
  readonly onAccepted?: () => void;
}

/** A call through the client; `who` made a 400 necessary decides what that 400 means. */
export interface Call<T> {
  /** How many reads must have been answered before this one can be asked: 1 for the first. */
  readonly round: number;
  /** Whether the caller's own arguments decided the request, so that Texter's 400 is theirs to mend. */
  readonly fromCaller?: boolean;
  readonly send: (client: TexterClient, options: CallOptions) => Promise<T>;
  onAnswer?(answer: T, bytes: number): void;
  readonly onWriteEnd?: CallOptions['onWriteEnd'];
}

/** One operation's side of the REST client: its token, deadline and budget, and what it has cost so far. */
export class Upstream {
  /** REST calls sent, retries included. */
  calls = 0;
  /** Length of the longest chain of reads that waited for one another. */
  rounds = 0;
  /** Reads answered by the revision cache, or by joining a call that was already under way. */
  reused = 0;
  readonly token: string;
  readonly #options: UpstreamOptions;
  #started = 0;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.token = options.token;
  }

  /** Makes one call. Throws a `GatewayError`, which `OperationCall` makes: an `UPSTREAM_` code, `OPERATION_TIMEOUT`, or `BAD_USER_INPUT`. */
  call<T>(call: Call<T>): Promise<T> {
    if (!this.mayStart()) {
      const message = `This operation has used up its ${this.#options.budget} REST calls.`;
      return Promise.reject(new GatewayError('UPSTREAM_BUDGET_EXCEEDED', message));
    }
    return call.send(this.#options.client, new OperationCall(this, this.#options, call));
  }

  /** Takes one call from the budget, if there is one. */
  mayStart(): boolean {
    if (this.#started >= this.#options.budget) return false;
    this.#started += 1;
    return true;
  }

  /** Notes that a call went out. */
  countSent(round: number): void {
    this.calls += 1;
    this.rounds = Math.max(this.rounds, round);
  }

  /** Notes that a call which was started joined one that is under way. */
  countJoined(): void {
    this.#started -= 1;
    this.countReused('joined');
  }

  /** Notes a read that was answered without a call of its own. */
  countReused(by: Reuse): void {
    this.reused += 1;
    this.#options.onReused?.(by);
  }

  get expired(): boolean {
    return Date.now() >= this.#options.deadline;
  }
}

/** What one call tells the client. A class, so that no closures are made for each call. */
class OperationCall<T> implements CallOptions<T> {
  readonly token: string;
  readonly signal: LeaveSignal | undefined;
  readonly deadline: number;
  readonly traceparent: string | undefined;
  readonly operation: Upstream;
  readonly onWriteEnd: CallOptions['onWriteEnd'];
  readonly #options: UpstreamOptions;
  readonly #call: Call<T>;

  constructor(operation: Upstream, options: UpstreamOptions, call: Call<T>) {
    this.token = options.token;
    this.signal = options.signal;
    this.deadline = options.deadline;
    this.traceparent = options.traceparent;
    this.operation = operation;
    this.onWriteEnd = call.onWriteEnd;
    this.#options = options;
    this.#call = call;
  }

  onSend(): void {
    this.operation.countSent(this.#call.round);
  }

  onJoin(): void {
    this.operation.countJoined();
  }

  onAnswer(answer: T, bytes: number): void {
    this.#options.onAccepted?.();
    this.#call.onAnswer?.(answer, bytes);
  }

  asError(error: TexterError): GatewayError {
    if (this.operation.expired) return operationTimeout(error);
    return upstreamError(error, this.#call.fromCaller ?? false);
  }

  mayRetry(): boolean {
    return this.operation.mayStart();
  }
}
