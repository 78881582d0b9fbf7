import cluster from 'node:cluster';
import {
  type RateLimiterAbstract,
  RateLimiterCluster,
  RateLimiterMemory,
  RateLimiterRedis,
  type RateLimiterRes,
} from 'rate-limiter-flexible';
import type { Config } from '../config.ts';
import { errorReason } from '../error-reason.ts';
import { GatewayError } from '../errors.ts';
import type { HttpExtension } from '../http/refusal.ts';
import type { Logger } from '../log.ts';

/** What each caller may spend in a minute. The minute of a caller begins with the first point spent in it. */
export interface RateLimit {
  /**
   * Takes points from a caller's minute. Rejects with `RATE_LIMITED`, as HTTP 429 with Retry-After, when fewer are
   * left, and then takes none. Makes no REST call.
   */
  take(caller: string, points: number): Promise<Taken>;
  close(): void;
}

export interface Taken {
  /** Returns points that were not used, as long as the minute that they were taken from lasts. */
  giveBack(points: number): void;
}

const MINUTE_S = 60;

const REDIS_PAUSE_MS = 1000;
const REDIS_REPORT_MS = 60_000;

/**
 * Rate limits in the memory of this process, of the primary process where several share the port, or in Redis where
 * several gateways share a limit. While Redis fails each gateway limits by itself and says so once a minute.
 * Undefined where the limit is off.
 */
export async function createRateLimit(
  { costPerMinute, redisUrl }: Config['rateLimit'],
  log: Logger,
): Promise<RateLimit | undefined> {
  if (costPerMinute === 0) return undefined;
  const options = { keyPrefix: 'texter-gateway', points: costPerMinute, duration: MINUTE_S };
  const own = cluster.isWorker ? new RateLimiterCluster(options) : new RateLimiterMemory(options);
  // Loaded only where it is used: a client of Redis is a tenth of the start.
  const redis = redisUrl === undefined ? undefined : (await import('./redis.ts')).connectRedis(redisUrl);
  const shared = redis && new RateLimiterRedis({ ...options, storeClient: redis });

  let redisPausedUntil = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;
  const onRedisError = (error: unknown) => {
    const now = Date.now();
    redisPausedUntil = now + REDIS_PAUSE_MS;
    if (now - reportedAt < REDIS_REPORT_MS) return;
    reportedAt = now;
    log.error({ reason: errorReason(error) }, 'Redis fails; this gateway limits its callers by itself');
  };
  redis?.on('error', onRedisError);

  return {
    async take(caller, points) {
      if (shared && Date.now() >= redisPausedUntil) {
        try {
          return await takeFrom(shared, caller, points, onRedisError);
        } catch (error) {
          if (error instanceof GatewayError) throw error;
          onRedisError(error);
        }
      }
      return takeFrom(own, caller, points, (error) =>
        log.error({ reason: errorReason(error) }, 'the rate limit could not be given back'),
      );
    },
    close: () => redis?.disconnect(),
  };
}

/** Rejects with `RATE_LIMITED`, or with the store's own error. */
async function takeFrom(
  store: RateLimiterAbstract,
  caller: string,
  points: number,
  onError: (error: unknown) => void,
): Promise<Taken> {
  try {
    const { msBeforeNext } = await store.consume(caller, points);
    const end = Date.now() + msBeforeNext;
    return {
      giveBack(unused) {
        // Given to a later minute, they would let the caller spend more than one minute's points in it.
        if (unused > 0 && Date.now() < end) store.reward(caller, unused).catch(onError);
      },
    };
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    // The store counts what it refuses, which would keep out a smaller operation that still fits.
    store.reward(caller, points).catch(onError);
    throw rateLimited(points, store.points, (refused as RateLimiterRes).msBeforeNext);
  }
}

function rateLimited(points: number, limit: number, ms: number): GatewayError {
  const retryAfter = Math.max(1, Math.ceil(ms / 1000));
  const message =
    points > limit
      ? `This operation may cost ${points} points, and all of your minute is ${limit}: it can never run; ask for less at a time.`
      : `This operation may cost ${points} of your ${limit} points a minute, and fewer are left; more come in ${retryAfter} s.`;
  return new GatewayError('RATE_LIMITED', message, {
    retryAfter,
    http: { status: 429, headers: { 'retry-after': String(retryAfter) } } satisfies HttpExtension,
  });
}
