import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Route } from '../rest/endpoint.ts';

/** One request that the sandbox received. */
export interface RequestRecord extends Route {
  readonly method: string;
  /** As it came: not decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** All but `authorization`. */
  readonly headers: Readonly<Omit<IncomingHttpHeaders, 'authorization'>>;
  /** `fingerprint` of the bearer token; undefined without one. */
  readonly credential: string | undefined;
  /** Filled in when it has come whole. */
  body: string;
  /**
   * Logical time: arrivals and ends of all requests share one counter, so two requests were under way together
   * when neither ended before the other started.
   */
  readonly started: number;
  ended: number | undefined;
  /** Status of the answer; undefined while there is none. */
  status: number | undefined;
  /** The connection ended before the answer was complete, whoever ended it. */
  aborted: boolean;
}

/** Older records make room, so that a sandbox that serves for days stays small. */
const KEPT_RECORDS = 5000;

export class RequestLog {
  #records: RequestRecord[] = [];
  #time = 0;
  #inFlight = 0;
  #maxInFlight = 0;
  #total = 0;
  #waiting: { count: number; resolve: () => void }[] = [];

  /** The latest requests in order of arrival. */
  get records(): readonly RequestRecord[] {
    return this.#records;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** The most that were ever under way at once. */
  get maxInFlight(): number {
    return this.#maxInFlight;
  }

  open(request: IncomingMessage, route: Route, path: string, query: URLSearchParams): RequestRecord {
    const { authorization, ...headers } = request.headers;
    const token = bearerToken(authorization);
    const record: RequestRecord = {
      ...route,
      method: request.method ?? 'GET',
      path,
      query,
      headers,
      credential: token === undefined ? undefined : fingerprint(token),
      body: '',
      started: this.#tick(),
      ended: undefined,
      status: undefined,
      aborted: false,
    };
    if (this.#records.length === KEPT_RECORDS) this.#records.shift();
    this.#records.push(record);
    this.#total += 1;
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    for (const { count, resolve } of this.#waiting) if (this.#total >= count) resolve();
    this.#waiting = this.#waiting.filter(({ count }) => this.#total < count);
    return record;
  }

  close(record: RequestRecord, status: number, complete: boolean): void {
    record.ended = this.#tick();
    record.aborted = !complete;
    record.status = complete ? status : undefined;
    this.#inFlight -= 1;
  }

  /** Resolves when this many requests have come since the last reset. */
  received(count: number): Promise<void> {
    if (this.#total >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  reset(): void {
    this.#records = [];
    this.#total = 0;
    this.#maxInFlight = this.#inFlight;
  }

  #tick(): number {
    this.#time += 1;
    return this.#time;
  }
}

/** The token of an `Authorization: Bearer` header. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** Tells tokens apart without keeping them: the start of their SHA-256 in hex. */
export function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
