import type { Dispatcher } from 'undici';
import { BodyBuffer } from './body-buffer.ts';
import type { OutcomeListener, RestCall, Wait, WireOutcome, WireStatus } from './call.ts';
import type { Connections } from './connections.ts';
import { type DecodedBody, decodeBody, tooLarge } from './content-encoding.ts';

export interface TransportOptions {
  /** At least as many as calls are ever under way. */
  readonly connections: Connections;
  /** The upstream's base URL; endpoint paths are appended to its path. */
  readonly baseUrl: URL;
  /** Ms for one attempt, connecting and body included. */
  readonly timeoutMs: number;
  /** Largest body, as it comes and decompressed. */
  readonly maxBytes: number;
}

const NO_BODY: DecodedBody = {};
const COMMON_HEADERS = [
  'accept',
  'application/json',
  'accept-encoding',
  'gzip',
  'user-agent',
  'texter-graphql-gateway',
];

/**
 * Sends a call, in the trace of `traceparent` if that is given and else in the caller's. `listener` is told once what
 * came of it, maybe before this returns.
 */
export type Transport = (
  call: RestCall,
  listener: OutcomeListener<WireOutcome>,
  traceparent?: string,
) => void;

const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;
/** Of a refusal only the status is used; a body up to this is read so that the connection can be kept. */
const MAX_UNUSED_BYTES = 65_536;

/**
 * Puts a call on the wire, once, and reports what came back. Never rejects and never follows a redirect.
 *
 * `dispatch` with a handler of our own instead of `request`: no body stream per answer, which is a quarter of
 * the cost of a small call, and bytes are counted as they arrive. The timer is ours because undici's
 * headersTimeout and bodyTimeout fire up to a second late and know nothing of the whole.
 */
export function createTransport(options: TransportOptions): Transport {
  const { connections, baseUrl } = options;
  const { origin } = baseUrl;
  const basePath = baseUrl.pathname.replace(/\/$/, '');

  // Of one token after another; nearly always it is the same.
  let usual = { token: '', headers: [] as string[] };
  const usualHeaders = (token: string) => {
    if (usual.token !== token)
      usual = { token, headers: ['authorization', `Bearer ${token}`, ...COMMON_HEADERS] };
    return usual.headers;
  };

  return (call, listener, traceparent = call.traceparent) => {
    const { request } = call;
    let headers = usualHeaders(call.token);
    if (traceparent !== undefined && TRACEPARENT.test(traceparent)) {
      headers = [...headers, 'traceparent', traceparent];
    }
    if (request.body !== undefined) headers = [...headers, 'content-type', 'application/json'];
    const connection = connections.take();
    connection.dispatch(
      {
        origin,
        path: basePath + request.path,
        method: request.method,
        headers,
        body: request.body ?? null,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      new AnswerHandler(call, connection, options, listener),
    );
  };
}

/** Collects one answer. Settles once; whatever undici reports later is ignored. */
class AnswerHandler implements Dispatcher.DispatchHandler, Wait {
  readonly #call: RestCall;
  readonly #connection: Dispatcher;
  readonly #connections: Connections;
  readonly #maxBytes: number;
  readonly #listener: OutcomeListener<WireOutcome>;
  readonly #timer: NodeJS.Timeout;
  readonly #body = new BodyBuffer();
  #controller: Dispatcher.DispatchController | undefined;
  #isSettled = false;
  #status = 0;
  #encoding: string | undefined;
  #retryAfter: string | undefined;

  constructor(
    call: RestCall,
    connection: Dispatcher,
    { connections, maxBytes, timeoutMs }: TransportOptions,
    listener: OutcomeListener<WireOutcome>,
  ) {
    this.#call = call;
    this.#connection = connection;
    this.#connections = connections;
    this.#maxBytes = maxBytes;
    this.#listener = listener;
    this.#timer = setTimeout(() => this.#abandon('timeout'), timeoutMs);
    call.wait = this;
  }

  cancel(): void {
    this.#abandon('aborted');
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isSettled) {
      // Given up while it waited for a connection: undici has no earlier moment to take a request back.
      controller.abort(new Error('no longer wanted'));
    } else {
      this.#call.sent = true;
      this.#call.onSend();
    }
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    this.#encoding = single(headers['content-encoding']);
    this.#retryAfter = single(headers['retry-after']);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const limit = isSuccess(this.#status) ? this.#maxBytes : MAX_UNUSED_BYTES;
    if (this.#body.size + chunk.length > limit) this.#abandon(this.#status, tooLarge(limit));
    else this.#body.append(chunk);
  }

  onResponseEnd(): void {
    if (!isSuccess(this.#status)) {
      this.#settle(this.#status);
    } else {
      const decoded = decodeBody(this.#body.bytes(), this.#encoding, this.#maxBytes);
      this.#settle(this.#status, decoded);
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    // Not the error itself: undici hangs the bytes it could not parse on it, and they would reach the log.
    const code = 'code' in error ? `${error.code} ` : '';
    this.#settle('broken', undefined, new Error(code + error.message));
  }

  #abandon(status: WireStatus, fault?: string): void {
    this.#settle(status, fault === undefined ? undefined : { fault });
    this.#controller?.abort(new Error('no longer wanted'));
  }

  #settle(status: WireStatus, decoded?: DecodedBody, cause?: unknown): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#call.wait = undefined;
    const { text = '', fault } = decoded ?? NO_BODY;
    this.#connections.giveBack(this.#connection, typeof status === 'number' && fault === undefined);
    this.#listener.onOutcome(this.#call, { status, body: text, fault, retryAfter: this.#retryAfter, cause });
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** A header that came twice is a header nobody can rely on; the first is taken. */
function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
