import { judge } from './answer.ts';
import type { Outcome, RestCall, Wait } from './call.ts';
import { Caller, type Leavable } from './caller.ts';
import type { CallOptions } from './client.ts';
import type { RestRequest } from './endpoints.ts';
import { TexterError } from './errors.ts';

/**
 * A REST call together with everybody who waits for it.
 *
 * A caller who leaves (signal, deadline) ends its own wait only. When the last one has left the call itself is
 * cancelled, except a write that was sent: it may have been applied, and aborting it would not undo that.
 */
export class Flight<Answer> implements RestCall, Leavable<Answer> {
  readonly request: RestRequest<Answer>;
  readonly token: string;
  readonly traceparent: string | undefined;
  operations: readonly object[] = [];
  sent = false;
  cancelled = false;
  wait: Wait | undefined;
  /** Of the caller who began it. */
  readonly #options: CallOptions<Answer>;
  /** Nearly always one. */
  #callers: Caller<Answer>[] = [];
  #refusal: { readonly before: number; readonly error: TexterError } | undefined;

  constructor(request: RestRequest<Answer>, options: CallOptions<Answer>) {
    this.request = request;
    this.token = options.token;
    this.traceparent = options.traceparent;
    this.#options = options;
  }

  onSend(): void {
    this.#options.onSend?.();
  }

  mayRetry(): boolean {
    return this.#options.mayRetry?.() ?? true;
  }

  get deadline(): number {
    let latest = 0;
    for (const caller of this.#callers) latest = Math.max(latest, caller.deadline);
    return latest;
  }

  /** Adds a caller. Its promise settles with the call, or alone with `aborted` when the caller leaves. */
  join(options: CallOptions<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const caller = new Caller(this, options, resolve, reject);
      // A literal of one takes one place; a list that is added to takes sixteen.
      this.#callers = this.#callers.length === 0 ? [caller] : [...this.#callers, caller];
      // A caller that names no operation is one by itself.
      const operation = options.operation ?? caller;
      if (this.operations.length === 0) this.operations = [operation];
      else if (!this.operations.includes(operation)) this.operations = [...this.operations, operation];
      this.wait?.onJoin?.(operation);
      caller.watch();
      const refusal = this.#refusal;
      if (refusal !== undefined && caller.deadline < refusal.before) this.#dismiss(caller, refusal.error);
    });
  }

  leave(caller: Caller<Answer>, why: string): void {
    this.#dismiss(caller, this.#abandoned(why));
  }

  refuseBefore(time: number, error: TexterError): void {
    this.#refusal = { before: time, error };
    for (const caller of [...this.#callers]) if (caller.deadline < time) this.#dismiss(caller, error);
  }

  /** Ends every caller's wait with the decoded answer, or with the error it amounts to. */
  settle(outcome: Outcome): void {
    const callers = this.#callers;
    this.#callers = [];
    if (callers.length === 0) return;
    let answer: Answer;
    try {
      answer = judge(this.request, this, outcome);
    } catch (error) {
      for (const caller of callers) caller.reject(error);
      return;
    }
    const bytes = outcome.bytes ?? Buffer.byteLength(outcome.body);
    for (const caller of callers) caller.resolve(answer, bytes);
  }

  abandon(): void {
    for (const caller of [...this.#callers]) this.leave(caller, 'The client was closed.');
  }

  #dismiss(caller: Caller<Answer>, error: TexterError): void {
    if (!this.#callers.includes(caller)) return;
    this.#callers = this.#callers.filter((other) => other !== caller);
    caller.reject(error);
    if (this.#callers.length > 0 || this.cancelled) return;
    if (this.sent && this.request.method !== 'GET') return;
    this.cancelled = true;
    this.wait?.cancel();
  }

  #abandoned(message: string): TexterError {
    return new TexterError('aborted', message, { endpoint: this.request.endpoint, sent: this.sent });
  }
}
