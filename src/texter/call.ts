import type { Placed } from '../bag.ts';
import type { RestRequest } from './endpoints.ts';
import type { TexterError } from './errors.ts';

/** How a call on the wire ended: the HTTP status of a complete answer, or why there is none. */
export type WireStatus = number | 'timeout' | 'broken' | 'aborted';

/** What became of one attempt, whatever it was; `answer.ts` judges it. */
export interface Outcome {
  /** Beside what happens on the wire, what kept the call from it. */
  readonly status: WireStatus | 'breaker-open' | 'overloaded';
  /** The decompressed body of a 2xx answer, else empty. */
  readonly body: string;
  /** What makes the body of a complete answer unusable: too large, an encoding that nobody asked for. */
  readonly fault?: string | undefined;
  /** The Retry-After header as it came. */
  readonly retryAfter?: string | undefined;
  /** The low-level error behind `broken`. */
  readonly cause?: unknown;
}

/** An outcome of the wire. */
export interface WireOutcome extends Outcome {
  readonly status: WireStatus;
}

/** A layer that is told what became of a call in the layer below it. */
export interface OutcomeListener<What extends Outcome = Outcome> {
  onOutcome(call: RestCall, outcome: What): void;
}

/** A layer that a call waits in. */
export interface Wait {
  /** The call is not wanted any more: ends the wait. */
  cancel(call: RestCall): void;
  /** Another operation joins the call. */
  onJoin?(call: RestCall, operation: object): void;
}

/**
 * One REST call as the layers see it, on its way from the callers who wait for it to the wire.
 *
 * Under load hundreds of calls wait, and all that is theirs is copied by each collection of the young generation. So the
 * layers make nothing of their own for a call: there is one of each, they hand the call to one another, and the little
 * that they have to remember of it stands here.
 *
 * It carries its own cancellation: a call waits for one thing at a time (a turn, the end of a pause, an
 * answer), so one field does what an AbortController with a listener per layer would, at a fraction of the cost.
 */
export interface RestCall extends Placed {
  readonly request: RestRequest;
  readonly token: string;
  readonly traceparent: string | undefined;
  /** The operations of its callers: each has its turn in the queue, and the first turn is taken. */
  readonly operations: readonly object[];
  /** Called for each HTTP request that is sent. */
  onSend(): void;
  /** Whether whoever began the call lets it be sent again. */
  mayRetry(): boolean;
  /** A write: called when it has ended. */
  onWriteEnd(): void;
  /** How often it has been tried again. */
  retries: number;
  /** Whether bytes have left, so that a write may have been applied. */
  sent: boolean;
  /** Nobody waits for it any more. */
  readonly cancelled: boolean;
  /** What it waits for at present. Set by the layer that waits, and cleared by it. */
  wait: Wait | undefined;
  /** Epoch ms of the last of its callers' deadlines; Infinity where one has none. */
  readonly deadline: number;
  /** Ends the wait of those callers, present and future, whose deadline comes before `time`. */
  refuseBefore(time: number, error: TexterError): void;
  /** Ends the wait of every caller, as if each had left. */
  abandon(): void;
  /** Ends every caller's wait with what came of the call. */
  settle(outcome: Outcome): void;
}

/** Goes on after `ms`, or sooner when the call is cancelled meanwhile. */
export function pauseCall(call: RestCall, ms: number, goOn: () => void): void {
  const end = () => {
    clearTimeout(timer);
    call.wait = undefined;
    goOn();
  };
  const timer = setTimeout(end, ms);
  call.wait = { cancel: end };
}
