import { type Dispatcher, Pool } from 'undici';
import { Bag } from '../bag.ts';
import { createAttempt } from './attempt.ts';
import { Breaker, type BreakerOptions, type BreakerState } from './breaker.ts';
import type { Outcome, OutcomeListener, RestCall, WireStatus } from './call.ts';
import { errorFor } from './caller.ts';
import type { CallOptions, TexterClient } from './client.ts';
import { Concurrency } from './concurrency.ts';
import { chatRequest, crmRequest, messagesRequest, type RestRequest, searchRequest } from './endpoints.ts';
import { type Endpoint, TexterError } from './errors.ts';
import { Flight } from './flight.ts';
import { type EndListener, JoinedReads } from './joined-reads.ts';
import { type RateLimitPause, RateLimitPauses } from './rate-limit-pauses.ts';
import { isRetryable, Retries } from './retry.ts';
import { RetryBudget } from './retry-budget.ts';
import { createTransport, type Transport } from './transport.ts';
import type { ChatPage, MessagePage, PublicChat } from './wire.ts';

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
  /** What sends the requests, for instance undici's EnvHttpProxyAgent. Default a Pool of `concurrency` connections. */
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
 * of its credential and the queue, and the wire. Decoded answers are shared by those who joined: read-only.
 */
export function createTexterClient(options: TexterClientOptions): ManagedTexterClient {
  const { concurrency: limit = 32, queueLimit = 1000, maxBytes = 8_388_608, timeoutMs = 5000 } = options;
  const { observer = {}, retryFloor = 10 } = options;
  requireInteger({ concurrency: limit, maxBytes, timeoutMs }, 1);
  requireInteger({ queueLimit }, 0);
  const baseUrl = new URL(options.baseUrl);
  const dispatcher =
    options.dispatcher ??
    new Pool(baseUrl.origin, { connections: limit, pipelining: 1, connectTimeout: timeoutMs });
  const concurrency = new Concurrency(limit, queueLimit);
  const pauses = new RateLimitPauses((pause) => observer.onRateLimitPause?.(pause));
  const breakerOf = (endpoint: Endpoint) =>
    new Breaker(options.breaker ?? {}, (state) => observer.onBreaker?.(endpoint, state));
  const transport = createTransport({ dispatcher, baseUrl, timeoutMs, maxBytes });
  const attempt = createAttempt({
    transport: options.instrument?.(transport) ?? transport,
    pauses,
    breakers: {
      chat: breakerOf('chat'),
      search: breakerOf('search'),
      messages: breakerOf('messages'),
      crm: breakerOf('crm'),
    },
    concurrency,
    onResponse: (endpoint, status) => observer.onResponse?.(endpoint, status),
  });
  const retries = new Retries(attempt, new RetryBudget(retryFloor), (endpoint) =>
    observer.onRetry?.(endpoint),
  );

  const chats = new JoinedReads<PublicChat>();
  const searches = new JoinedReads<ChatPage>();
  const messages = new JoinedReads<MessagePage>();
  const underWay = new Bag<RestCall>();
  const writes = new Bag<Promise<void>>();

  function send<Answer>(flight: Flight<Answer>, listener: EndListener): void {
    underWay.add(flight);
    retries.count(flight);
    attempt(flight, new Trip(flight, underWay, retries, listener));
  }

  function read<Answer>(
    reads: JoinedReads<Answer>,
    request: RestRequest<Answer>,
    callOptions: CallOptions<Answer>,
  ): Promise<Answer> {
    checkToken(callOptions.token, request.endpoint);
    return reads.read(request, callOptions, send);
  }

  function write<Answer>(request: RestRequest<Answer>, callOptions: CallOptions<Answer>): Promise<Answer> {
    checkToken(callOptions.token, request.endpoint);
    const flight = new Flight(request, callOptions);
    const answer = flight.join(callOptions);
    const ended = new Promise<void>((resolve) => {
      const onEnd = () => {
        // Whatever came of it, it may have been applied: a read that begins now must not join an older one.
        for (const reads of [chats, searches, messages]) reads.retire();
        callOptions.onWriteEnd?.();
        resolve();
      };
      send(flight, { onEnd });
    });
    writes.add(ended);
    ended.then(() => writes.delete(ended));
    return answer;
  }

  return {
    getChat: (chatId, callOptions) =>
      inPromise(callOptions, () => read(chats, chatRequest(chatId), callOptions)),
    searchChats: (query, callOptions) =>
      inPromise(callOptions, () => read(searches, searchRequest(query), callOptions)),
    getMessages: (chatId, query, callOptions) =>
      inPromise(callOptions, () => read(messages, messagesRequest(chatId, query), callOptions)),
    updateCrmData: (chatId, data, mergingMode, callOptions) =>
      inPromise(callOptions, () => write(crmRequest(chatId, data, mergingMode), callOptions)),
    pause: (pause) => void pauses.begin(pause),
    get inFlight() {
      return concurrency.inFlight;
    },
    get queued() {
      return concurrency.queued;
    },
    async writesEnded() {
      await Promise.all(writes);
    },
    async close() {
      for (const call of underWay) call.abandon();
      pauses.close();
      await dispatcher.destroy();
    },
  };
}

/** A call from its first attempt to its end. */
class Trip<Answer> implements OutcomeListener {
  readonly #flight: Flight<Answer>;
  readonly #underWay: Bag<RestCall>;
  readonly #retries: Retries;
  readonly #listener: EndListener;

  constructor(flight: Flight<Answer>, underWay: Bag<RestCall>, retries: Retries, listener: EndListener) {
    this.#flight = flight;
    this.#underWay = underWay;
    this.#retries = retries;
    this.#listener = listener;
  }

  onOutcome(outcome: Outcome): void {
    if (isRetryable(this.#flight, outcome)) {
      this.#retries.after(this.#flight, outcome).then((last) => this.#end(last));
    } else {
      this.#end(outcome);
    }
  }

  #end(outcome: Outcome): void {
    this.#underWay.delete(this.#flight);
    this.#listener.onEnd();
    this.#flight.settle(outcome);
  }
}

/** As an async function would answer, but without a promise about the promise. */
function inPromise<Answer>(
  options: Pick<CallOptions, 'asError'>,
  call: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return call();
  } catch (error) {
    return Promise.reject(errorFor(options, error));
  }
}

/** A token that cannot be a header's value would fail obscurely, or at worst begin a header of its own. */
function checkToken(token: string, endpoint: Endpoint): void {
  if (TOKEN.test(token)) return;
  const message = 'The Texter API token is empty or holds characters that no header can carry.';
  throw new TexterError('unauthenticated', message, { endpoint });
}

/** A limit of 0 or NaN would not fail, but hang. */
function requireInteger(options: Readonly<Record<string, number>>, least: number): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new RangeError(`createTexterClient: ${name} must be an integer of at least ${least}, not ${value}`);
  }
}
