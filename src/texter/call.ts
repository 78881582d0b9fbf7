import type { CallOptions } from './client.ts';
import type { RestRequest } from './endpoints.ts';

/** What the wire did with one attempt, whatever it was; `answer.ts` judges it. */
export interface Outcome {
  /** The HTTP status of a complete answer, or why there is none. */
  readonly status: number | 'timeout' | 'broken' | 'aborted';
  /** The decompressed body of a 2xx answer, else empty. */
  readonly body: string;
  /** What made the body of a complete answer unusable: too large, an encoding that nobody asked for. */
  readonly fault: string | undefined;
  /** The Retry-After header as it came. */
  readonly retryAfter: string | undefined;
  /** The low-level error behind `broken`. */
  readonly cause: unknown;
}

/** One layer of the client hands a call to the next; the last one sends it. */
export type Dispatch = (call: RestCall) => Promise<Outcome>;

/**
 * One REST call on its way through the layers.
 *
 * It is its own cancellation: at any moment a call waits for one thing only (a turn, the end of a pause, an
 * answer), so one field does what an AbortController with listeners per layer would, at a fraction of its cost.
 */
export class RestCall {
  readonly request: RestRequest;
  readonly token: string;
  readonly traceparent: string | undefined;
  /** Calls of one operation share a place in the queue; a call without one is its own operation. */
  readonly operation: object;
  readonly onSend: (() => void) | undefined;
  /** Whether bytes have left, so that a write may have been applied. */
  sent = false;
  cancelled = false;
  /** Ends the present wait. Set by the layer that waits, and cleared by it. */
  onCancel: (() => void) | undefined;

  constructor(request: RestRequest, options: CallOptions) {
    this.request = request;
    this.token = options.token;
    this.traceparent = options.traceparent;
    this.operation = options.operation ?? this;
    this.onSend = options.onSend;
  }

  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    this.onCancel?.();
  }
}
