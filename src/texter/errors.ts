/** The four REST endpoints, as metrics, breakers and errors name them. */
export type Endpoint = 'chat' | 'search' | 'messages' | 'crm';

/** Why a REST call gave no usable answer. A closed family: callers switch on `kind`, never on a message. */
export type TexterErrorKind =
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not-found' // 404
  | 'bad-request' // any other 4xx
  | 'rate-limited' // 429, and waiting would pass the deadline
  | 'timeout' // no complete answer in time
  | 'unavailable' // 5xx, refused or broken connection, open breaker
  | 'overloaded' // the client's own queue is full
  | 'invalid-response' // not JSON, wrong shape, too large, `success: false`
  | 'aborted'; // the caller left, or its operation's deadline passed

export interface TexterErrorDetails {
  readonly endpoint: Endpoint;
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** For `forbidden`: the scope as Texter's token dialog names it. */
  readonly requiredScope?: string;
  /** For `rate-limited`: seconds until Texter takes calls again. */
  readonly retryAfter?: number;
  /** For writes: whether the request had left this process, so that it may have been applied. */
  readonly sent?: boolean;
  readonly cause?: unknown;
}

/** A failed REST call. The message is safe to show: it never holds a token, a host or upstream data. */
export class TexterError extends Error {
  readonly kind: TexterErrorKind;
  readonly endpoint: Endpoint;
  readonly status: number | undefined;
  readonly requiredScope: string | undefined;
  readonly retryAfter: number | undefined;
  readonly sent: boolean;

  constructor(kind: TexterErrorKind, message: string, details: TexterErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'TexterError';
    this.kind = kind;
    this.endpoint = details.endpoint;
    this.status = details.status;
    this.requiredScope = details.requiredScope;
    this.retryAfter = details.retryAfter;
    this.sent = details.sent ?? false;
  }
}
