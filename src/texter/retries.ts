import { type Outcome, type OutcomeListener, pauseCall, type RestCall } from './call.ts';
import type { Endpoint } from './errors.ts';
import { retryAfterMs } from './retry-after.ts';
import type { RetryBudget } from './retry-budget.ts';

const MAX_RETRIES = 2;
const FIRST_BACKOFF_MS = 100;
/** Beyond it a read is rather failed, whatever time its callers have. */
const LONGEST_WAIT_MS = 60_000;

export interface RetriesOptions {
  readonly budget: RetryBudget;
  /** Makes another attempt, whose outcome comes back here. */
  readonly attempt: (call: RestCall) => void;
  readonly onRetry: (endpoint: Endpoint) => void;
  /** Who is told what became of a call in the end. */
  readonly listener: OutcomeListener;
}

/**
 * Tries a call again where that can help and cannot harm: reads after a broken connection, 502, 503 and 504;
 * anything after a 429, which was not applied. Never past the deadline or the budget.
 *
 * Not cockatiel's or undici's: both ignore an abort while they wait.
 */
export class Retries implements OutcomeListener {
  readonly #options: RetriesOptions;

  constructor(options: RetriesOptions) {
    this.#options = options;
  }

  /** A call is sent for the first time. */
  count(call: RestCall): void {
    if (isRead(call)) this.#options.budget.countRead(performance.now());
  }

  /** What became of an attempt. */
  onOutcome(call: RestCall, outcome: Outcome): void {
    const wait = isRetryable(call, outcome) ? waitMs(outcome, call.retries) : null;
    if (wait === null || !this.#mayRetry(call, wait)) {
      this.#options.listener.onOutcome(call, outcome);
      return;
    }
    call.retries += 1;
    // After a 429 its credential pauses as a whole, which the attempt itself waits for.
    if (outcome.status === 429) this.#again(call, outcome);
    else pauseCall(call, wait, () => this.#again(call, outcome));
  }

  /** Whether there is time for another attempt after `wait` ms, and the budgets have one left, which is taken. */
  #mayRetry(call: RestCall, wait: number): boolean {
    if (wait > LONGEST_WAIT_MS || Date.now() + wait >= call.deadline) return false;
    return this.#options.budget.take(performance.now()) && call.mayRetry();
  }

  #again(call: RestCall, outcome: Outcome): void {
    if (call.cancelled) {
      this.#options.listener.onOutcome(call, outcome);
      return;
    }
    this.#options.onRetry(call.request.endpoint);
    this.#options.attempt(call);
  }
}

function isRead(call: RestCall): boolean {
  return call.request.method === 'GET';
}

function isRetryable(call: RestCall, { status }: Outcome): boolean {
  if (call.cancelled || call.retries >= MAX_RETRIES) return false;
  if (status === 429) return true;
  return isRead(call) && (status === 'broken' || status === 502 || status === 503 || status === 504);
}

/** What the answer asks for; and full jitter on top, which the pause after a 429 does not need. */
function waitMs({ status, retryAfter }: Outcome, retries: number): number {
  const asked = retryAfterMs(retryAfter, Date.now()) ?? 0;
  if (status === 429) return asked;
  return asked + Math.random() * FIRST_BACKOFF_MS * 2 ** retries;
}
