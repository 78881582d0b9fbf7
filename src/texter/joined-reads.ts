import type { CallOptions } from './client.ts';
import type { RestRequest } from './endpoints.ts';
import { Flight } from './flight.ts';

/** Puts a call on its way. */
export type Send = <Answer>(flight: Flight<Answer>, listener: EndListener) => void;

/** Who is told that a call has ended, before anybody is told what came of it. */
export interface EndListener {
  onEnd(): void;
}

/**
 * Joins a read to the same read already under way: same path and query, same credential.
 *
 * undici's deduplicate interceptor does not fit: there one caller's abort fails all of them, and a read could
 * join one that is older than a write. One instance serves one type of answer.
 */
export class JoinedReads<Answer> {
  /** By credential, path and query. */
  readonly #underWay: UnderWay<Answer> = new Map();

  /** `send` puts a new call on its way. Costs no REST call when joined. */
  read(request: RestRequest<Answer>, options: CallOptions<Answer>, send: Send): Promise<Answer> {
    // Neither a token nor an encoded path can hold a blank.
    const key = `${options.token} ${request.path}`;
    const known = this.#underWay.get(key)?.flight;
    if (known !== undefined && !known.cancelled) {
      options.onJoin?.();
      return known.join(options);
    }
    const flight = new Flight(request, options);
    const answer = flight.join(options);
    const cell = new Cell(flight, key, this.#underWay);
    this.#underWay.set(key, cell);
    send(flight, cell);
    return answer;
  }

  /** From now on nothing joins what is under way: a write has ended, and a read begun before may miss it. */
  retire(): void {
    this.#underWay.clear();
  }
}

type UnderWay<Answer> = Map<string, Cell<Answer>>;

/** What a Map was told to delete may survive in its old tables (see Bag): the cell lets go of the call for them. */
class Cell<Answer> implements EndListener {
  flight: Flight<Answer> | undefined;
  readonly #key: string;
  readonly #underWay: UnderWay<Answer>;

  constructor(flight: Flight<Answer>, key: string, underWay: UnderWay<Answer>) {
    this.flight = flight;
    this.#key = key;
    this.#underWay = underWay;
  }

  /** From now on nobody joins: who is told of the outcome and asks again wants a new answer. */
  onEnd(): void {
    this.flight = undefined;
    if (this.#underWay.get(this.#key) === this) this.#underWay.delete(this.#key);
  }
}
