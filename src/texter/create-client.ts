import { buildConnector, Client, type Dispatcher } from 'undici';
import { Bag } from '../bag.ts';
import { Attempts } from './attempts.ts';
import { Breaker, type BreakerOptions, type BreakerState } from './breaker.ts';
import type { OutcomeListener, RestCall, WireStatus } from './call.ts';
import type { TexterClient } from './client.ts';
import { Connections } from './connections.ts';
import { type Endpoint, TexterError } from './errors.ts';
import { Flight } from './flight.ts';
import { JoinedReads } from './joined-reads.ts';
import { type RateLimitPause, RateLimitPauses } from './rate-limit-pauses.ts';
import { Retries } from './retries.ts';
import { RetryBudget } from './retry-budget.ts';
import { createTransport, type Transport } from './transport.ts';

/** What happens inside the client, for metrics and logs. */
export interface TexterObserver {
  /** A REST call ended: its HTTP status, or `timeout`, `broken`, `aborted`. */
  readonly onResponse?: (endpoint: Endpoint, status: WireStatus) => void;
  /** A call is about to be tried again. */
  readonly onRetry?: (endpoint: Endpoint) => void;
  readonly onBreaker?: (endpoint: Endpoint, state: BreakerState) => void;
  /** A 429 began or prolonged a pause here; other processes hear of it through `pause`. */
  readonly onRateLimitPause?: (pause: RateLimitPause) => void;
}

export interface TexterClientOptions {
  /** The whole base URL, `/server/api/v2` included. */
  readonly baseUrl: string;
  /** REST calls under way at once, each on its own connection. Default 32. */
  readonly concurrency?: number;
  /** Calls that may wait behind them, at most `concurrency` of one operation counted. Default 1000. */
  readonly queueLimit?: number;
  /** Largest answer in bytes, as it comes and decompressed. Default 8388608. */
  readonly maxBytes?: number;
  /** Ms for one attempt of a REST call, its body included. Default 5000. */
  readonly timeoutMs?: number;
  /** Retries that are always allowed in 10 s; beyond them a tenth of the reads. Default 10. */
  readonly retryFloor?: number;
  readonly breaker?: BreakerOptions;
  /**
   * What sends the requests, for instance undici's EnvHttpProxyAgent; it must have at most `concurrency` connections.
   * Default: that many undici Clients.
   */
  readonly dispatcher?: Dispatcher;
  /** Wraps what sends each attempt, to trace it. Default: not wrapped. */
  readonly instrument?: (transport: Transport) => Transport;
  readonly observer?: TexterObserver;
}

/** A client with what its operator needs beside the calls. */
export interface ManagedTexterClient extends TexterClient {
  /** REST calls on the wire. */
  readonly inFlight: number;
  /** Calls in the queue behind them. */
  readonly queued: number;
  /** Pauses a credential as if it had been answered 429 here. */
  pause(pause: RateLimitPause): void;
  /** Resolves when the writes under way have ended, those that their callers have left included. */
  writesEnded(): Promise<void>;
}

const TOKEN = /^[\x21-\x7e]+$/;

/**
 * A client of one Texter project.
 *
 * A call passes, from the outside in: joining (reads only), retries, then for each attempt the breaker, a pause
 * of its credential and the queue, and the wire.
 */
export function createTexterClient(options: TexterClientOptions): ManagedTexterClient {
  const { concurrency: limit = 32, queueLimit = 1000, maxBytes = 8_388_608, timeoutMs = 5000 } = options;
  const { observer = {}, retryFloor = 10 } = options;
  requireInteger({ concurrency: limit, maxBytes, timeoutMs }, 1);
  requireInteger({ queueLimit }, 0);
  const baseUrl = new URL(options.baseUrl);
  // One connector for all, so that they share TLS sessions.
  const connect = buildConnector({ timeout: timeoutMs });
  const connections = new Connections(
    limit,
    () => options.dispatcher ?? new Client(baseUrl.origin, { pipelining: 1, connect }),
  );
  const pauses = new RateLimitPauses((pause) => observer.onRateLimitPause?.(pause));
  const breakerOf = (endpoint: Endpoint) =>
    new Breaker(options.breaker ?? {}, (state) => observer.onBreaker?.(endpoint, state));
  const transport = createTransport({ connections, baseUrl, timeoutMs, maxBytes });
  const reads = new JoinedReads();
  const underWay = new Bag<RestCall>();
  let writesUnderWay = 0;
  const whenWritesEnd: (() => void)[] = [];

  const ends: OutcomeListener = {
    onOutcome(call, outcome) {
      underWay.delete(call);
      if (call.request.method === 'GET') reads.end(call);
      else endWrite(call);
      call.settle(outcome);
    },
  };

  function endWrite(call: RestCall): void {
    // Whatever came of it, it may have been applied: a read that begins now must not join an older one.
    reads.retire();
    call.onWriteEnd();
    writesUnderWay -= 1;
    if (writesUnderWay === 0) for (const resolve of whenWritesEnd.splice(0)) resolve();
  }

  const retries = new Retries({
    budget: new RetryBudget(retryFloor),
    attempt: (call) => attempts.begin(call),
    onRetry: (endpoint) => observer.onRetry?.(endpoint),
    listener: ends,
  });
  const attempts = new Attempts({
    transport: options.instrument?.(transport) ?? transport,
    pauses,
    breakers: {
      chat: breakerOf('chat'),
      search: breakerOf('search'),
      messages: breakerOf('messages'),
      crm: breakerOf('crm'),
    },
    limit,
    queueLimit,
    onResponse: (endpoint, status) => observer.onResponse?.(endpoint, status),
    listener: retries,
  });

  function begin(call: RestCall): void {
    underWay.add(call);
    retries.count(call);
    attempts.begin(call);
  }

  return {
    send(request, caller) {
      const { token } = caller.operation;
      if (!TOKEN.test(token)) {
        caller.onError(unsendable(request.endpoint));
      } else if (request.method === 'GET') {
        const read = reads.read(request, caller);
        if (read !== undefined) begin(read);
      } else {
        writesUnderWay += 1;
        begin(new Flight(request, caller));
      }
    },
    pause: (pause) => void pauses.begin(pause),
    get inFlight() {
      return attempts.concurrency.inFlight;
    },
    get queued() {
      return attempts.concurrency.queued;
    },
    writesEnded: () =>
      new Promise((resolve) => {
        if (writesUnderWay === 0) resolve();
        else whenWritesEnd.push(resolve);
      }),
    async close() {
      for (const call of underWay) call.abandon();
      pauses.close();
      await connections.destroy();
    },
  };
}

/** A token that cannot be a header's value would fail obscurely, or at worst begin a header of its own. */
function unsendable(endpoint: Endpoint): TexterError {
  const message = 'The Texter API token is empty or holds characters that no header can carry.';
  return new TexterError('unauthenticated', message, { endpoint });
}

/** A limit of 0 or NaN would not fail, but hang. */
function requireInteger(options: Readonly<Record<string, number>>, least: number): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new RangeError(`createTexterClient: ${name} must be an integer of at least ${least}, not ${value}`);
  }
}
