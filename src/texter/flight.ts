import { judge } from './answer.ts';
import type { Outcome, RestCall, Wait } from './call.ts';
import type { Caller } from './client.ts';
import type { RestRequest } from './endpoints.ts';
import { TexterError } from './errors.ts';
import { type Leavable, Seat } from './seat.ts';

const NOBODY: readonly never[] = [];

/**
 * A REST call together with everybody who waits for it.
 *
 * A caller who leaves (signal, deadline) ends its own wait only. When the last one has left the call itself is
 * cancelled, except a write that was sent: it may have been applied, and aborting it would not undo that.
 */
export class Flight<Answer> implements RestCall, Leavable<Answer> {
  place = 0;
  readonly request: RestRequest<Answer>;
  readonly token: string;
  readonly traceparent: string | undefined;
  operations: readonly object[] = NOBODY;
  retries = 0;
  sent = false;
  cancelled = false;
  wait: Wait | undefined;
  /** Who began it, until it has ended: what is told of it later may outlive all that waited for it (see JoinedReads). */
  #owner: Caller<Answer> | undefined;
  /** Nearly always one. */
  #seats: readonly Seat<Answer>[] = NOBODY;
  #refusal: { readonly before: number; readonly error: TexterError } | undefined;

  /** `owner` joins it. */
  constructor(request: RestRequest<Answer>, owner: Caller<Answer>) {
    this.request = request;
    this.token = owner.operation.token;
    this.traceparent = owner.operation.traceparent;
    this.#owner = owner;
    this.join(owner);
  }

  onSend(): void {
    this.#owner?.onSend?.();
  }

  mayRetry(): boolean {
    return this.#owner?.mayRetry?.() ?? true;
  }

  onWriteEnd(): void {
    this.#owner?.onWriteEnd?.();
  }

  get deadline(): number {
    let latest = 0;
    for (const { deadline } of this.#seats) latest = Math.max(latest, deadline);
    return latest;
  }

  /** Adds a caller, who is told what comes of the call, or alone of `aborted` when it leaves. */
  join(caller: Caller<Answer>): void {
    const seat = new Seat(this, caller);
    const { operation } = caller;
    // A literal of one takes one place; a list that is added to takes sixteen.
    this.#seats = this.#seats.length === 0 ? [seat] : [...this.#seats, seat];
    if (this.operations.length === 0) this.operations = [operation];
    else if (!this.operations.includes(operation)) this.operations = [...this.operations, operation];
    this.wait?.onJoin?.(this, operation);
    seat.take();
    const refusal = this.#refusal;
    if (refusal !== undefined && seat.deadline < refusal.before) this.#dismiss(seat, refusal.error);
  }

  leave(seat: Seat<Answer>, why: string): void {
    this.#dismiss(seat, this.#abandoned(why));
  }

  refuseBefore(time: number, error: TexterError): void {
    this.#refusal = { before: time, error };
    for (const seat of this.#seats) if (seat.deadline < time) this.#dismiss(seat, error);
  }

  settle(outcome: Outcome): void {
    const seats = this.#seats;
    this.#seats = NOBODY;
    this.operations = NOBODY;
    this.#owner = undefined;
    if (seats.length === 0) return;
    let answer: Answer;
    try {
      answer = judge(this.request, this, outcome);
    } catch (error) {
      for (const seat of seats) seat.reject(error);
      return;
    }
    for (const seat of seats) seat.resolve(answer, outcome.body);
  }

  abandon(): void {
    for (const seat of this.#seats) this.leave(seat, 'The client was closed.');
  }

  #dismiss(seat: Seat<Answer>, error: TexterError): void {
    if (!this.#seats.includes(seat)) return;
    this.#seats = this.#seats.filter((other) => other !== seat);
    seat.reject(error);
    if (this.#seats.length > 0 || this.cancelled) return;
    if (this.sent && this.request.method !== 'GET') return;
    this.cancelled = true;
    this.wait?.cancel(this);
  }

  #abandoned(message: string): TexterError {
    return new TexterError('aborted', message, { endpoint: this.request.endpoint, sent: this.sent });
  }
}
