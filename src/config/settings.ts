import { z } from 'zod';
import { parseApiKeys } from './api-keys.ts';
import {
  integer,
  kind,
  listOf,
  milliseconds,
  oneOf,
  onOff,
  parseAddressRange,
  parseOrigin,
  parseToken,
  projectId,
  proxyUrl,
  redisUrl,
  secureUrl,
} from './kinds.ts';

const text = z.string();
const GIB = 1024 ** 3;

/**
 * Every setting by its variable, with its kind and its default; a default that depends on other settings is
 * in config.ts. The settings of the sandbox are its own (src/sandbox/settings.ts).
 */
export const settings = z.object({
  SANDBOX: onOff.optional(),
  PORT: integer(0, 65_535).default(4000),
  HOST: text.default('127.0.0.1'),
  TEXTER_PROJECT_ID: projectId.optional(),
  TEXTER_BASE_URL: secureUrl.optional(),
  TEXTER_API_TOKEN: kind('a token (visible ASCII characters)', parseToken).optional(),
  TEXTER_API_TOKEN_FILE: text.optional(),
  AUTH_MODE: oneOf('none', 'api-key', 'jwt', 'passthrough').optional(),
  API_KEYS: kind(
    'name:read:SHA256HEX or name:write:SHA256HEX, separated by commas, no hash twice',
    parseApiKeys,
  ).optional(),
  API_KEYS_FILE: text.optional(),
  JWT_JWKS_URL: secureUrl.optional(),
  JWT_ISSUER: text.optional(),
  JWT_AUDIENCE: text.optional(),
  GRAPHIQL: onOff.optional(),
  INTROSPECTION: oneOf('on', 'authenticated', 'off').optional(),
  CORS_ORIGINS: listOf('exact origins such as https://app.example.com', parseOrigin).optional(),
  MAX_PAGE_SIZE: integer(1, 100).default(100),
  MAX_BODY_BYTES: integer(1, GIB).default(102_400),
  MAX_COST: integer(1, 1_000_000_000).default(1000),
  RATE_LIMIT_COST_PER_MINUTE: integer(0, 1_000_000_000).default(0),
  TRUST_PROXY: listOf('addresses or CIDR ranges', parseAddressRange).default([]),
  REDIS_URL: redisUrl.optional(),
  METRICS_PORT: integer(0, 65_535).optional(),
  WEB_CONCURRENCY: integer(1, 128).default(1),
  UPSTREAM_CONCURRENCY: integer(1, 10_000).default(32),
  UPSTREAM_QUEUE: integer(0, 1_000_000).default(1000),
  UPSTREAM_MAX_BYTES: integer(1, GIB).default(8_388_608),
  UPSTREAM_TIMEOUT_MS: milliseconds(1).default(5000),
  OPERATION_TIMEOUT_MS: milliseconds(1).default(15_000),
  UPSTREAM_BUDGET: integer(1, 1_000_000).default(500),
  REVISION_CACHE_ENTRIES: integer(0, 10_000_000).default(10_000),
  REVISION_CACHE_BYTES: integer(1, 64 * GIB).default(33_554_432),
  REVISION_CACHE_TTL_MS: milliseconds(1).default(60_000),
  DEBUG_UPSTREAM: onOff.optional(),
  SHUTDOWN_GRACE_MS: milliseconds(0).default(20_000),
  SHUTDOWN_DELAY_MS: milliseconds(0).default(0),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
  LOG_FORMAT: oneOf('json', 'pretty').optional(),
  HTTPS_PROXY: proxyUrl.optional(),
  NO_PROXY: text.default(''),
});

export type Settings = z.infer<typeof settings>;

/** Of these a fault shows the origin, and no password or key behind it. */
export const URLS: ReadonlySet<string> = new Set(['TEXTER_BASE_URL', 'JWT_JWKS_URL']);

/** Of these a fault shows what can only be a path, and not the secret itself in place of its file. */
export const PATHS: ReadonlySet<string> = new Set(['TEXTER_API_TOKEN_FILE', 'API_KEYS_FILE']);

/** Of these a fault says only whether they are set. The URLs may hold a password. */
export const SECRETS: ReadonlySet<string> = new Set([
  'TEXTER_API_TOKEN',
  'API_KEYS',
  'REDIS_URL',
  'HTTPS_PROXY',
]);
