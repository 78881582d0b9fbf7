import { createHash } from 'node:crypto';
import { rateLimited } from './answer.ts';
import type { RestCall, WireOutcome } from './call.ts';
import { retryAfterMs, UNNAMED_PAUSE_MS } from './retry-after.ts';

/** A pause as one process tells it to another. */
export interface RateLimitPause {
  /** SHA-256 of the token, so that the token itself is told to nobody. */
  readonly credential: string;
  /** Epoch ms until which Texter asked to wait. */
  readonly retryAt: number;
  /** Whether Texter named that time; else it is a guess. */
  readonly named: boolean;
}

interface Pause {
  readonly retryAt: number;
  /** Epoch ms: `retryAt`, but never more than a minute away. */
  readonly until: number;
  /** Where the end is our choice and not Texter's, one call goes first and the others wait for its answer. */
  readonly endsWithProbe: boolean;
  readonly timer: NodeJS.Timeout;
  readonly waiting: Set<() => void>;
  due: boolean;
  probe: RestCall | undefined;
}

const LONGEST_PAUSE_MS = 60_000;

/**
 * A 429 stops every call of its credential, not only the one that was told: the limit is the credential's.
 * Callers whose deadline comes before the end of the pause are refused at once.
 */
export class RateLimitPauses {
  readonly #onPause: (pause: RateLimitPause) => void;
  /** By credential. Empty but for bad times, so that a call usually costs no hash. */
  readonly #pauses = new Map<string, Pause>();
  #isClosed = false;

  /** `onPause` is called for each pause that a 429 begins or prolongs here. */
  constructor(onPause: (pause: RateLimitPause) => void) {
    this.#onPause = onPause;
  }

  /** Whether the call may not be sent now. */
  blocks(call: RestCall): boolean {
    const pause = this.#of(call);
    return pause !== undefined && (!pause.due || pause.probe !== undefined);
  }

  /** Waits until the call may be tried again, or is cancelled; refuses those of its callers who cannot wait. */
  async wait(call: RestCall): Promise<void> {
    const pause = this.#of(call);
    if (pause === undefined) return;
    call.refuseBefore(pause.until, rateLimited(call.request.endpoint, pause.retryAt - Date.now()));
    if (call.cancelled) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        pause.waiting.delete(wake);
        call.wait = undefined;
        resolve();
      };
      pause.waiting.add(wake);
      call.wait = { cancel: wake };
    });
  }

  /** A call that is not blocked is being sent. */
  enter(call: RestCall): void {
    const pause = this.#of(call);
    if (pause?.due) pause.probe = call;
  }

  /** What came of a call that had entered. */
  record(call: RestCall, outcome: WireOutcome): void {
    if (outcome.status === 429) {
      const now = Date.now();
      const named = retryAfterMs(outcome.retryAfter, now);
      const credential = credentialOf(call);
      const retryAt = now + (named ?? UNNAMED_PAUSE_MS);
      const pause = { credential, retryAt, named: named !== undefined };
      if (this.begin(pause)) this.#onPause(pause);
      return;
    }
    const pause = this.#of(call);
    if (pause?.probe !== call) return;
    pause.probe = undefined;
    // No answer tells nothing about the limit: another call shall probe.
    const lifted = typeof outcome.status === 'number' || pause.waiting.size === 0;
    if (lifted) this.#pauses.delete(credentialOf(call));
    wakeAll(pause);
  }

  /**
   * Begins a pause, or prolongs the one there is; also one that another process was told of. Returns whether
   * that changed anything: the calls that were under way together are all told the same.
   */
  begin({ credential, retryAt, named }: RateLimitPause): boolean {
    const now = Date.now();
    const until = Math.min(retryAt, now + LONGEST_PAUSE_MS);
    const before = this.#pauses.get(credential);
    if (this.#isClosed || (before !== undefined && before.until >= until)) return false;
    clearTimeout(before?.timer);
    this.#pauses.set(credential, {
      retryAt,
      until,
      endsWithProbe: !named || until < retryAt,
      timer: setTimeout(() => this.#fallDue(credential), until - now),
      waiting: new Set(),
      due: false,
      probe: undefined,
    });
    // Those who waited for the earlier end may not have the time for this one.
    if (before !== undefined) wakeAll(before);
    return true;
  }

  /** Ends all pauses, and begins none any more; who waits goes on. */
  close(): void {
    this.#isClosed = true;
    const pauses = [...this.#pauses.values()];
    this.#pauses.clear();
    for (const pause of pauses) {
      clearTimeout(pause.timer);
      wakeAll(pause);
    }
  }

  #fallDue(credential: string): void {
    const pause = this.#pauses.get(credential);
    if (pause === undefined) return;
    pause.due = true;
    if (!pause.endsWithProbe || pause.waiting.size === 0) this.#pauses.delete(credential);
    wakeAll(pause);
  }

  #of(call: RestCall): Pause | undefined {
    return this.#pauses.size === 0 ? undefined : this.#pauses.get(credentialOf(call));
  }
}

function wakeAll(pause: Pause): void {
  for (const wake of [...pause.waiting]) wake();
}

function credentialOf(call: RestCall): string {
  return createHash('sha256').update(call.token).digest('hex');
}
