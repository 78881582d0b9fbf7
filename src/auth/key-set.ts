import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Config } from '../config.ts';
import { errorReason } from '../error-reason.ts';
import type { Logger } from '../log.ts';

/** Longest wait for the key set, and longest use of one without asking again, in ms. */
const TIMEOUT_MS = 5000;
const MAX_AGE_MS = 600_000;

/** After a failed fetch the next one waits this long: callers must not become a flood against the issuer. */
const PAUSE_MS = 1000;

/**
 * Between two fetches for a key that the set at hand does not have, in s. A new key must be found at once, because its
 * issuer signs with it at once; but anybody can send a token that names a key of their own invention, and so use up
 * the fetch. This is then the longest that a new key waits for the next; several a minute, all at once, let it wait
 * for the rest of that minute.
 */
const REFETCH_EVERY_S = 12;

/**
 * The issuer's keys, fetched when first needed, kept, and fetched again when old or when a key is missing.
 * Rejects with jose's error, or with the fetch's; the latter is logged here, at most once a second.
 */
export function createKeySet(url: URL, proxy: Config['proxy'], log: Logger): JWTVerifyGetKey {
  const init =
    // What is on this machine, which alone may be plain http, is no business of the proxy.
    proxy === undefined || url.protocol !== 'https:'
      ? {}
      : { dispatcher: new EnvHttpProxyAgent({ httpsProxy: proxy.url, noProxy: proxy.except }) };
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: MAX_AGE_MS,
    // The refetch for a missing key is ours: jose would make none in the first 30 s after any fetch.
    cooldownDuration: Number.POSITIVE_INFINITY,
    // undici's own fetch, because Node's takes no dispatcher of another version, and neither has the other's types.
    [customFetch]: async (href, { headers, ...options }) => {
      const response = await fetch(href, { ...options, headers: [...headers], ...init });
      return new Response(await response.text(), { status: response.status });
    },
  });
  const refetches = new RateLimiterMemory({ points: 1, duration: REFETCH_EVERY_S });
  const refetch = async (): Promise<boolean> => {
    const allowed = await refetches.consume('').then(yes, no);
    if (allowed) await keys.reload();
    return allowed;
  };
  let refetching: Promise<boolean> | undefined;
  let pausedUntil = 0;

  return async (header, token) => {
    if (!keys.fresh && Date.now() < pausedUntil)
      throw new Error('The key set could not be fetched just now.');
    try {
      try {
        return await keys(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        // Whoever misses a key at the same time shares the refetch.
        refetching ??= refetch().finally(() => {
          refetching = undefined;
        });
        if (!(await refetching)) throw error;
        return await keys(header, token);
      }
    } catch (error) {
      // Of those who waited for the same fetch one reports it.
      if (!isTokensFault(error) && Date.now() >= pausedUntil) {
        pausedUntil = Date.now() + PAUSE_MS;
        log.error({ reason: errorReason(error) }, 'the key set of AUTH_MODE=jwt cannot be fetched');
      }
      throw error;
    }
  };
}

/** The set was there, but has no key for what the token's header asks. */
function isTokensFault(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

const yes = () => true;
const no = () => false;
