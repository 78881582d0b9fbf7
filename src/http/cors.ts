import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../config.ts';

const LOOPBACK_ORIGIN = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

const ALLOWED_HEADERS = 'content-type, authorization, x-request-id, traceparent, apollo-require-preflight';

/** Browsers cap this: Chromium at two hours. */
const PREFLIGHT_MAX_AGE_S = 7200;

/** Headers, names and values in turn, as node:http takes them. */
export type HeaderList = readonly string[];

export interface Cors {
  /** For every answer to a request with this Origin, refusals included: a page may read why. */
  headers(origin: string | undefined): HeaderList;
  /** For the answer to a preflight. */
  preflight(origin: string | undefined): HeaderList;
}

/** Which pages may read answers: exact origins only, and never with credentials (cookies mean nothing here). */
export function createCors(allowed: Config['http']['corsOrigins']): Cors {
  const origins = allowed === 'loopback' ? undefined : new Set(allowed);
  const isAllowed = (origin: string) => (origins ? origins.has(origin) : LOOPBACK_ORIGIN.test(origin));
  // Without allowed origins no answer depends on the header, so none needs to say that it varies by it.
  const vary = origins?.size === 0 ? [] : ['vary', 'origin'];

  const headers = (origin: string | undefined): HeaderList =>
    origin === undefined || !isAllowed(origin)
      ? vary
      : [
          ...vary,
          'access-control-allow-origin',
          origin,
          'access-control-expose-headers',
          'x-request-id, retry-after',
        ];
  return {
    headers,
    preflight: (origin) =>
      origin === undefined || !isAllowed(origin)
        ? vary
        : [
            ...vary,
            'access-control-allow-origin',
            origin,
            'access-control-allow-methods',
            'GET, POST',
            'access-control-allow-headers',
            ALLOWED_HEADERS,
            'access-control-max-age',
            String(PREFLIGHT_MAX_AGE_S),
          ],
  };
}

/** A browser's question before a request that is not simple. */
export function isPreflight(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}
