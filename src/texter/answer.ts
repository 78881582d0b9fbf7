import { z } from 'zod';
import type { Outcome, RestCall } from './call.ts';
import { REQUIRED_SCOPE, type RestRequest } from './endpoints.ts';
import { type Endpoint, TexterError, type TexterErrorDetails } from './errors.ts';

/** Texter says "not done" in a 200, too. Source: documentation page "Send Template Message". */
const refused = z.object({ success: z.literal(false) });

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
  if (refused.safeParse(json).success) throw invalid(endpoint, '"success": false', details);
  const decoded = request.schema.safeParse(json);
  if (!decoded.success) throw invalid(endpoint, describe(decoded.error), details);
  return decoded.data;
}

function failure(call: RestCall, outcome: Outcome): TexterError {
  const { endpoint } = call.request;
  const { status, cause } = outcome;
  const details: TexterErrorDetails = { endpoint, sent: call.sent, cause };
  if (typeof status === 'number') return statusError(status, { ...details, status });
  if (status === 'timeout') return new TexterError('timeout', 'Texter did not answer in time.', details);
  if (status === 'aborted') return new TexterError('aborted', 'The call was given up.', details);
  return new TexterError('unavailable', 'Texter could not be reached, or the connection broke.', details);
}

/** Maps an HTTP status that is no success to its kind. */
function statusError(status: number, details: TexterErrorDetails): TexterError {
  if (status === 401) return new TexterError('unauthenticated', 'Texter refused the API token.', details);
  if (status === 403) {
    const requiredScope = REQUIRED_SCOPE[details.endpoint];
    const message = `The API token lacks Texter's scope "${requiredScope}".`;
    return new TexterError('forbidden', message, { ...details, requiredScope });
  }
  if (status === 404) return new TexterError('not-found', 'Texter knows no such chat.', details);
  if (status === 429) return new TexterError('rate-limited', 'Texter asks to slow down.', details);
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

/** Where the first wrong value is and what was expected there; never the value. */
function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'an unexpected shape' : `${jsonPath(issue.path)}: ${issue.message}`;
}

function jsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}.${String(key)}`),
    '$',
  );
}

function invalid(endpoint: Endpoint, what: string, details: TexterErrorDetails): TexterError {
  return new TexterError('invalid-response', `Texter's answer (${endpoint}) is unusable: ${what}.`, details);
}
