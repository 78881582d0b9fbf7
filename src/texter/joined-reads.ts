import type { CallOptions } from './client.ts';
import type { RestRequest } from './endpoints.ts';
import { Flight } from './flight.ts';

/** Puts a call on its way. `onEnd` is called when it has ended, before anybody is told what came of it. */
export type Send = <Answer>(flight: Flight<Answer>, onEnd: () => void) => Promise<void>;

/**
 * Joins a read to the same read already under way: same path and query, same credential.
 *
 * undici's deduplicate interceptor does not fit: there one caller's abort fails all of them, and a read could
 * join one that is older than a write. One instance serves one type of answer.
 */
export class JoinedReads<Answer> {
  readonly #underWay = new Map<string, Flight<Answer>>();

  /** `send` puts a new call on its way. Costs no REST call when joined. */
  read(request: RestRequest<Answer>, options: CallOptions, send: Send): Promise<Answer> {
    // Neither a token nor an encoded path can hold a blank.
    const key = `${options.token} ${request.path}`;
    const known = this.#underWay.get(key);
    if (known !== undefined && !known.cancelled) {
      options.onJoin?.();
      return known.join(options);
    }
    const flight = new Flight(request, options);
    const answer = flight.join(options);
    this.#underWay.set(key, flight);
    // First, so that nobody who is told of the outcome joins it again.
    send(flight, () => {
      if (this.#underWay.get(key) === flight) this.#underWay.delete(key);
    });
    return answer;
  }

  /** From now on nothing joins what is under way: a write has ended, and a read begun before may miss it. */
  retire(): void {
    this.#underWay.clear();
  }
}
