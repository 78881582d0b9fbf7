import type { Breaker } from './breaker.ts';
import type { Dispatch, Outcome, RestCall, WireStatus } from './call.ts';
import type { Concurrency } from './concurrency.ts';
import type { Endpoint } from './errors.ts';
import type { RateLimitPauses } from './rate-limit-pauses.ts';
import type { Transport } from './transport.ts';

export interface AttemptParts {
  readonly transport: Transport;
  readonly pauses: RateLimitPauses;
  readonly breakers: Readonly<Record<Endpoint, Breaker>>;
  readonly concurrency: Concurrency;
  /** Called for each attempt that reached the wire. */
  readonly onResponse: (endpoint: Endpoint, status: WireStatus) => void;
}

/** One attempt: past the breaker and a pause, in its turn, onto the wire; what came of it is told to all three. */
export function createAttempt({
  transport,
  pauses,
  breakers,
  concurrency,
  onResponse,
}: AttemptParts): Dispatch {
  function refuses(call: RestCall): boolean {
    return breakers[call.request.endpoint].refuses(performance.now());
  }

  /** With a slot taken. Everything up to the wire is synchronous, so that two calls cannot both be the probe. */
  async function send(call: RestCall): Promise<Outcome> {
    const { endpoint } = call.request;
    const breaker = breakers[endpoint];
    breaker.enter(call);
    pauses.enter(call);
    const outcome = await transport(call);
    // Refused for its rate: it was not applied, and may be given up or sent again.
    if (outcome.status === 429) call.sent = false;
    breaker.record(call, outcome.status, performance.now());
    pauses.record(call, outcome);
    concurrency.release();
    onResponse(endpoint, outcome.status);
    return outcome;
  }

  async function sendWhenClear(call: RestCall): Promise<Outcome> {
    while (!call.cancelled) {
      if (refuses(call)) return { status: 'breaker-open', body: '' };
      if (pauses.blocks(call)) {
        await pauses.wait(call);
        continue;
      }
      if (concurrency.tryTake()) return send(call);
      const turn = await concurrency.take(call);
      if (turn === 'overloaded') return { status: 'overloaded', body: '' };
      if (turn === 'cancelled') break;
      // The queue takes time, in which the breaker may open or a pause begin: then back to the start.
      if (!call.cancelled && !refuses(call) && !pauses.blocks(call)) return send(call);
      concurrency.release();
    }
    return { status: 'aborted', body: '' };
  }

  // Nearly every call may go at once, and then needs no promise for the wait.
  return (call) =>
    !call.cancelled && !refuses(call) && !pauses.blocks(call) && concurrency.tryTake()
      ? send(call)
      : sendWhenClear(call);
}
