import { Redis } from 'ioredis';

/** Redis answers at once or is not asked: a rate limit must not become what callers wait for. Ms. */
const TIMEOUT_MS = 250;
const RECONNECT_AFTER_MS = 1000;

/** A connection that a rate limit can live with: it fails at once where Redis does not answer. */
export function connectRedis(url: string): Redis {
  return new Redis(url, {
    // No command waits for a connection, nor is sent again on the next one: its points were taken elsewhere by then.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: TIMEOUT_MS,
    retryStrategy: () => RECONNECT_AFTER_MS,
  });
}
