import { GatewayError } from '../errors.ts';
import type { Caller, TexterClient } from '../texter/client.ts';
import type { RestRequest } from '../texter/endpoints.ts';
import { TexterError } from '../texter/errors.ts';
import { Operation, type OperationOptions } from '../texter/operation.ts';
import { operationTimeout, upstreamError } from './upstream-errors.ts';

/** What spared a read: the revision cache, or a call that was already under way. */
export type Reuse = 'revision' | 'joined';

export interface UpstreamOptions extends OperationOptions {
  readonly client: TexterClient;
  /** REST calls that the operation may make. */
  readonly budget: number;
  /** Told of each read that cost no call of its own. */
  readonly onReused?: (by: Reuse) => void;
  /** Called when Texter has taken the token. */
  readonly onAccepted?: () => void;
}

/** A call through the client. */
export interface Call<T> {
  /** How many reads must have been answered before this one can be asked: 1 for the first. */
  readonly round: number;
  /** Whether the caller's own arguments decided the request, so that Texter's 400 is theirs to mend. */
  readonly fromCaller?: boolean;
  /** Throws a `TexterError` for what Texter takes no request for. */
  request(): RestRequest<T>;
  /** See `Caller.onWriteEnd`. */
  onWriteEnd?(): void;
}

/** A call whose maker is told once what came of it, maybe before `send` returns. */
export interface HeardCall<T> extends Call<T> {
  /** `text`: the JSON that the answer was decoded from. */
  onAnswer(answer: T, text: string): void;
  /** A `GatewayError`: an `UPSTREAM_` code, `NOT_FOUND`, `OPERATION_TIMEOUT` or `BAD_USER_INPUT`. Or what `onAnswer` threw. */
  onError(error: unknown): void;
}

/** One operation's side of the REST client: its token, deadline and budget, and what it has cost so far. */
export class Upstream {
  /** REST calls sent, retries included. */
  calls = 0;
  /** Length of the longest chain of reads that waited for one another. */
  rounds = 0;
  /** Reads answered by the revision cache, or by joining a call that was already under way. */
  reused = 0;
  readonly operation: Operation;
  readonly #options: UpstreamOptions;
  #started = 0;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.operation = new Operation(options);
  }

  /** The Texter token that the operation's calls carry. */
  get token(): string {
    return this.operation.token;
  }

  /** Makes one call. Rejects with what `HeardCall.onError` is told. */
  call<T>(call: Call<T>): Promise<T> {
    return new Promise((onAnswer, onError) => this.send({ ...call, onAnswer, onError }));
  }

  /** Makes one call. */
  send<T>(call: HeardCall<T>): void {
    if (!this.mayStart()) {
      const message = `This operation has used up its ${this.#options.budget} REST calls.`;
      call.onError(new GatewayError('UPSTREAM_BUDGET_EXCEEDED', message));
      return;
    }
    const caller = new OperationCall(this, call);
    let request: RestRequest<T>;
    try {
      request = call.request();
    } catch (error) {
      caller.onError(error);
      return;
    }
    this.#options.client.send(request, caller);
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

  /** Notes that Texter has taken the token. */
  noteAccepted(): void {
    this.#options.onAccepted?.();
  }

  get expired(): boolean {
    return Date.now() >= this.operation.deadline;
  }
}

/** Stands between one call and the client. A class, so that no closures are made for each call. */
class OperationCall<T> implements Caller<T> {
  readonly operation: Operation;
  readonly #upstream: Upstream;
  readonly #call: HeardCall<T>;

  constructor(upstream: Upstream, call: HeardCall<T>) {
    this.operation = upstream.operation;
    this.#upstream = upstream;
    this.#call = call;
  }

  onSend(): void {
    this.#upstream.countSent(this.#call.round);
  }

  onJoin(): void {
    this.#upstream.countJoined();
  }

  mayRetry(): boolean {
    return this.#upstream.mayStart();
  }

  onAnswer(answer: T, text: string): void {
    this.#upstream.noteAccepted();
    this.#call.onAnswer(answer, text);
  }

  onError(error: unknown): void {
    this.#call.onError(error instanceof TexterError ? this.#translated(error) : error);
  }

  onWriteEnd(): void {
    this.#call.onWriteEnd?.();
  }

  #translated(error: TexterError): GatewayError {
    if (this.#upstream.expired) return operationTimeout(error);
    return upstreamError(error, this.#call.fromCaller ?? false);
  }
}
