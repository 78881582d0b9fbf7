import { type Dispatch, type Outcome, pauseCall, type RestCall } from './call.ts';
import type { Endpoint } from './errors.ts';
import { retryAfterMs } from './retry-after.ts';
import type { RetryBudget } from './retry-budget.ts';

const MAX_RETRIES = 2;
const FIRST_BACKOFF_MS = 100;
/** Beyond it a read is rather failed, whatever time its callers have. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Tries a call again where that can help and cannot harm: reads after a broken connection, 502, 503 and 504;
 * anything after a 429, which was not applied. Never past the deadline or the budget.
 *
 * Not cockatiel's or undici's: both ignore an abort while they wait.
 */
export class Retries {
  readonly #send: Dispatch;
  readonly #budget: RetryBudget;
  readonly #onRetry: (endpoint: Endpoint) => void;

  constructor(send: Dispatch, budget: RetryBudget, onRetry: (endpoint: Endpoint) => void) {
    this.#send = send;
    this.#budget = budget;
    this.#onRetry = onRetry;
  }

  /** A call is sent for the first time. */
  count(call: RestCall): void {
    if (isRead(call)) this.#budget.countRead(performance.now());
  }

  /** What became of a call in the end, whose first attempt came to `first`. */
  async after(call: RestCall, first: Outcome): Promise<Outcome> {
    let outcome = first;
    for (let retries = 0; retries < MAX_RETRIES && isRetryable(call, outcome); retries++) {
      const wait = waitMs(outcome, retries);
      if (wait > LONGEST_WAIT_MS || Date.now() + wait >= call.deadline) break;
      if (!this.#budget.take(performance.now()) || !call.mayRetry()) break;
      // After a 429 its credential pauses as a whole, which the attempt itself waits for.
      if (outcome.status !== 429) await pauseCall(call, wait);
      if (call.cancelled) break;
      this.#onRetry(call.request.endpoint);
      outcome = await new Promise<Outcome>((onOutcome) => this.#send(call, { onOutcome }));
    }
    return outcome;
  }
}

function isRead(call: RestCall): boolean {
  return call.request.method === 'GET';
}

/** Whether sending the call again can help, and cannot harm. */
export function isRetryable(call: RestCall, { status }: Outcome): boolean {
  if (call.cancelled) return false;
  if (status === 429) return true;
  return isRead(call) && (status === 'broken' || status === 502 || status === 503 || status === 504);
}

/** What the answer asks for; and full jitter on top, which the pause after a 429 does not need. */
function waitMs({ status, retryAfter }: Outcome, retries: number): number {
  const asked = retryAfterMs(retryAfter, Date.now()) ?? 0;
  if (status === 429) return asked;
  return asked + Math.random() * FIRST_BACKOFF_MS * 2 ** retries;
}
