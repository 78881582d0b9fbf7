import { GatewayError } from '../errors.ts';
import type { CallOptions, CallSignal, TexterClient } from '../texter/client.ts';
import { TexterError } from '../texter/errors.ts';
import { operationTimeout, upstreamError } from './upstream-errors.ts';

/** What spared a read: the revision cache, or a call that was already under way. */
export type Reuse = 'revision' | 'joined';

export interface UpstreamOptions {
  readonly client: TexterClient;
  /** The Texter token that this operation's calls carry. */
  readonly token: string;
  /** Fires when the caller leaves. */
  readonly signal?: CallSignal;
  /** Epoch ms at which the operation ends. */
  readonly deadline: number;
  /** REST calls that the operation may make. */
  readonly budget: number;
  readonly traceparent?: string;
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
  readonly #call: CallOptions;
  #started = 0;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.token = options.token;
    this.#call = {
      token: options.token,
      deadline: options.deadline,
      operation: this,
      ...(options.signal && { signal: options.signal }),
      ...(options.traceparent && { traceparent: options.traceparent }),
    };
  }

  /** Makes one call. Throws a `GatewayError`: an `UPSTREAM_` code, `OPERATION_TIMEOUT`, or `BAD_USER_INPUT`. */
  async call<T>({ round, fromCaller = false, send }: Call<T>): Promise<T> {
    if (this.#started >= this.#options.budget) {
      throw new GatewayError(
        'UPSTREAM_BUDGET_EXCEEDED',
        `This operation has used up its ${this.#options.budget} REST calls.`,
      );
    }
    this.#started += 1;
    try {
      const answer = await send(this.#options.client, {
        ...this.#call,
        onSend: () => {
          this.calls += 1;
          this.rounds = Math.max(this.rounds, round);
        },
        onJoin: () => {
          this.#started -= 1;
          this.countReused('joined');
        },
        mayRetry: () => {
          if (this.#started >= this.#options.budget) return false;
          this.#started += 1;
          return true;
        },
      });
      this.#options.onAccepted?.();
      return answer;
    } catch (error) {
      if (!(error instanceof TexterError)) throw error;
      throw this.expired ? operationTimeout(error) : upstreamError(error, fromCaller);
    }
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
