import type { CallOptions } from './client.ts';
import type { RestRequest } from './endpoints.ts';
import { Flight } from './flight.ts';

/** Puts a call on its way. `onEnd` is called when it has ended, before anybody is told what came of it. */
export type Send = <Answer>(flight: Flight<Answer>, onEnd: () => void) => void;

/**
 * Joins a read to the same read already under way: same path and query, same credential.
 *
 * undici's deduplicate interceptor does not fit: there one caller's abort fails all of them, and a read could
 * join one that is older than a write. One instance serves one type of answer.
 */
export class JoinedReads<Answer> {
  /** By credential, path and query. */
  readonly #underWay = new Map<string, Cell<Answer>>();

  /** `send` puts a new call on its way. Costs no REST call when joined. */
  read(request: RestRequest<Answer>, options: CallOptions, send: Send): Promise<Answer> {
    // Neither a token nor an encoded path can hold a blank.
    const key = `${options.token} ${request.path}`;
    const known = this.#underWay.get(key)?.flight;
    if (known !== undefined && !known.cancelled) {
      options.onJoin?.();
      return known.join(options);
    }
    const flight = new Flight(request, options);
    const answer = flight.join(options);
    const cell: Cell<Answer> = { flight };
    this.#underWay.set(key, cell);
    // First, so that nobody who is told of the outcome joins it again.
    send(flight, () => {
      cell.flight = undefined;
      if (this.#underWay.get(key) === cell) this.#underWay.delete(key);
    });
    return answer;
  }

  /** From now on nothing joins what is under way: a write has ended, and a read begun before may miss it. */
  retire(): void {
    this.#underWay.clear();
  }
}

/** What a Map was told to delete may survive in its old tables (see Bag): the cell lets go of the call for them. */
interface Cell<Answer> {
  flight: Flight<Answer> | undefined;
}
