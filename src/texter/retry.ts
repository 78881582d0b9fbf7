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
export function withRetries(
  next: Dispatch,
  budget: RetryBudget,
  onRetry: (endpoint: Endpoint) => void,
): Dispatch {
  async function retry(call: RestCall, first: Outcome): Promise<Outcome> {
    let outcome = first;
    for (let retries = 0; retries < MAX_RETRIES && isRetryable(call, outcome); retries++) {
      const delay = delayMs(outcome, retries);
      if (delay > LONGEST_WAIT_MS || Date.now() + delay >= call.deadline) break;
      if (call.mayRetry?.() === false || !budget.take(performance.now())) break;
      if (delay > 0) await pauseCall(call, delay);
      if (call.cancelled) break;
      onRetry(call.request.endpoint);
      outcome = await next(call);
    }
    return outcome;
  }

  return (call) => {
    if (isRead(call)) budget.countRead(performance.now());
    return next(call).then((outcome) => (isRetryable(call, outcome) ? retry(call, outcome) : outcome));
  };
}

function isRead(call: RestCall): boolean {
  return call.request.method === 'GET';
}

function isRetryable(call: RestCall, { status }: Outcome): boolean {
  if (call.cancelled) return false;
  if (status === 429) return true;
  return isRead(call) && (status === 'broken' || status === 502 || status === 503 || status === 504);
}

/** Full jitter, on top of what the answer asks for. A 429 needs none: its credential pauses as a whole. */
function delayMs({ status, retryAfter }: Outcome, retries: number): number {
  if (status === 429) return 0;
  const asked = retryAfterMs(retryAfter, Date.now()) ?? 0;
  return asked + Math.random() * FIRST_BACKOFF_MS * 2 ** retries;
}
