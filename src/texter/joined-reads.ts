import type { RestCall } from './call.ts';
import type { Caller } from './client.ts';
import type { RestRequest } from './endpoints.ts';
import { Flight } from './flight.ts';

/**
 * Joins a read to the same read already under way: same path and query, same credential.
 *
 * undici's deduplicate interceptor does not fit: there one caller's abort fails all of them, and a read could
 * join one that is older than a write.
 *
 * What a Map was told to delete may survive in its old tables (see Bag). A call lets go of its callers when it ends, so
 * that little survives with it.
 */
export class JoinedReads {
  /** By credential, and by path and query. */
  readonly #underWay = new Map<string, Map<string, Flight<unknown>>>();

  /**
   * The new call that the caller waits for and that is to be sent; undefined when the caller has joined one that is under
   * way, which costs no REST call.
   */
  read<Answer>(request: RestRequest<Answer>, caller: Caller<Answer>): Flight<Answer> | undefined {
    const { token } = caller.operation;
    let reads = this.#underWay.get(token);
    if (reads === undefined) {
      reads = new Map();
      this.#underWay.set(token, reads);
    }
    // A path has answers of one type.
    const known = reads.get(request.path) as Flight<Answer> | undefined;
    if (known !== undefined && !known.cancelled) {
      caller.onJoin?.();
      known.join(caller);
      return undefined;
    }
    const flight = new Flight(request, caller);
    reads.set(request.path, flight as Flight<unknown>);
    return flight;
  }

  /** From now on nobody joins the read: who is told what came of it and asks again wants a new answer. */
  end(call: RestCall): void {
    const reads = this.#underWay.get(call.token);
    const { path } = call.request;
    if (reads === undefined || reads.get(path) !== call) return;
    reads.delete(path);
    // The last credential stays: nearly always there is one.
    if (reads.size === 0 && this.#underWay.size > 1) this.#underWay.delete(call.token);
  }

  /** From now on nothing joins what is under way: a write has ended, and a read begun before may miss it. */
  retire(): void {
    this.#underWay.clear();
  }
}
