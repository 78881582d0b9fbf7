import type { Breaker } from './breaker.ts';
import type { Dispatch, Outcome, RestCall, WireOutcome, WireStatus } from './call.ts';
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
  /** With a slot taken. Everything up to the wire is synchronous, so that two calls cannot both be the probe. */
  function send(call: RestCall): Promise<WireOutcome> {
    breakers[call.request.endpoint].enter(call);
    pauses.enter(call);
    return transport(call);
  }

  function record(call: RestCall, outcome: WireOutcome): Outcome {
    const { endpoint } = call.request;
    // Refused for its rate: it was not applied, and may be given up or sent again.
    if (outcome.status === 429) call.sent = false;
    breakers[endpoint].record(call, outcome.status, performance.now());
    pauses.record(call, outcome);
    concurrency.release();
    onResponse(endpoint, outcome.status);
    return outcome;
  }

  return async (call) => {
    const breaker = breakers[call.request.endpoint];
    while (!call.cancelled) {
      if (breaker.refuses(performance.now())) return { status: 'breaker-open', body: '' };
      if (pauses.blocks(call)) {
        await pauses.wait(call);
        continue;
      }
      if (concurrency.tryTake()) return record(call, await send(call));
      const turn = await concurrency.take(call);
      if (turn === 'overloaded') return { status: 'overloaded', body: '' };
      if (turn === 'cancelled') break;
      // The queue takes time, in which the breaker may open or a pause begin: then back to the start.
      if (!call.cancelled && !breaker.refuses(performance.now()) && !pauses.blocks(call)) {
        return record(call, await send(call));
      }
      concurrency.release();
    }
    return { status: 'aborted', body: '' };
  };
}
