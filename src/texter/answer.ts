import type { Outcome, RestCall } from './call.ts';
import { REQUIRED_SCOPE, type RestRequest } from './endpoints.ts';
import { type Endpoint, TexterError, type TexterErrorDetails } from './errors.ts';
import { retryAfterMs, UNNAMED_PAUSE_MS } from './retry-after.ts';

/**
 * The one place that turns what the wire did into a decoded answer or a `TexterError`.
 * Judges by the HTTP status and by `success === false`, since the documentation promises no shape for errors.
 */
export function judge<Answer>(request: RestRequest<Answer>, call: RestCall, outcome: Outcome): Answer {
  const { endpoint } = request;
  const { status } = outcome;
  if (typeof status !== 'number' || status < 200 || status > 299) throw failure(call, outcome);
  const details = { endpoint, status, sent: true };
  if (outcome.fault !== undefined) throw invalid(endpoint, outcome.fault, details);
  const json = parse(outcome.body);
  if (json === undefined) throw invalid(endpoint, 'no JSON', details);
  if (isRefusal(json)) throw invalid(endpoint, '"success": false', details);
  const decoded = request.decode(json);
  if ('fault' in decoded) throw invalid(endpoint, decoded.fault, details);
  return decoded.value;
}

function failure(call: RestCall, outcome: Outcome): TexterError {
  const { endpoint } = call.request;
  const { status, cause } = outcome;
  const details: TexterErrorDetails = { endpoint, sent: call.sent, cause };
  if (status === 429) {
    return rateLimited(endpoint, retryAfterMs(outcome.retryAfter, Date.now()) ?? UNNAMED_PAUSE_MS);
  }
  if (typeof status === 'number') return statusError(status, { ...details, status });
  if (status === 'timeout') return new TexterError('timeout', 'Texter did not answer in time.', details);
  if (status === 'aborted') return new TexterError('aborted', 'The call was given up.', details);
  if (status === 'overloaded') return new TexterError('overloaded', 'Too many calls are waiting.', details);
  if (status === 'breaker-open') {
    return new TexterError('unavailable', 'Texter has been failing; it is asked again soon.', details);
  }
  return new TexterError('unavailable', 'Texter could not be reached, or the connection broke.', details);
}

/** The error of a call that Texter answered 429, or that a pause keeps back for `ms` more. */
export function rateLimited(endpoint: Endpoint, ms: number): TexterError {
  // What was refused for its rate was not applied, so `sent` stays false.
  const retryAfter = Math.max(0, Math.ceil(ms / 1000));
  return new TexterError('rate-limited', 'Texter asks to slow down.', { endpoint, status: 429, retryAfter });
}

/** Maps an HTTP status that is no success to its kind. */
function statusError(status: number, details: TexterErrorDetails): TexterError {
  if (status === 401) return new TexterError('unauthenticated', 'Texter refused the API token.', details);
  if (status === 403) {
    const requiredScope = REQUIRED_SCOPE[details.endpoint];
    const message = `The API token lacks Texter's scope "${requiredScope}".`;
    return new TexterError('forbidden', message, { ...details, requiredScope });
  }
  if (status === 404) {
    // All but a search name a chat.
    const message = details.endpoint === 'search' ? 'Texter answered 404.' : 'There is no chat with this id.';
    return new TexterError('not-found', message, details);
  }
  if (status >= 500) return new TexterError('unavailable', `Texter answered ${status}.`, details);
  if (status >= 400) return new TexterError('bad-request', `Texter answered ${status}.`, details);
  // A redirect is never followed: the token is for this host alone.
  return invalid(details.endpoint, `status ${status}`, details);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Texter says "not done" in a 200, too. Source: documentation page "Send Template Message". */
function isRefusal(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'success' in json && json.success === false;
}

function invalid(endpoint: Endpoint, what: string, details: TexterErrorDetails): TexterError {
  return new TexterError('invalid-response', `Texter's answer (${endpoint}) is unusable: ${what}.`, details);
}
