import { expect, it } from 'vitest';
import { type Settings, settings } from '../../../src/config/settings.ts';
import { configOf, faultsOf, HASH, REAL } from './load.ts';

const INTEGERS: Partial<Record<keyof Settings, [min: number, max: number]>> = {
  PORT: [0, 65_535],
  METRICS_PORT: [0, 65_535],
  MAX_PAGE_SIZE: [1, 100],
  MAX_BODY_BYTES: [1, 1_073_741_824],
  MAX_COST: [1, 1_000_000_000],
  RATE_LIMIT_COST_PER_MINUTE: [0, 1_000_000_000],
  WEB_CONCURRENCY: [1, 128],
  UPSTREAM_CONCURRENCY: [1, 10_000],
  UPSTREAM_QUEUE: [0, 1_000_000],
  UPSTREAM_MAX_BYTES: [1, 1_073_741_824],
  UPSTREAM_TIMEOUT_MS: [1, 2_147_483_647],
  OPERATION_TIMEOUT_MS: [1, 2_147_483_647],
  UPSTREAM_BUDGET: [1, 1_000_000],
  REVISION_CACHE_ENTRIES: [0, 10_000_000],
  REVISION_CACHE_BYTES: [1, 68_719_476_736],
  REVISION_CACHE_TTL_MS: [1, 2_147_483_647],
  SHUTDOWN_GRACE_MS: [0, 2_147_483_647],
  SHUTDOWN_DELAY_MS: [0, 2_147_483_647],
};

it.each(Object.entries(INTEGERS))('%s is an integer within its bounds', (name, [min, max]) => {
  const accepted = (text: string) => settings.safeParse({ [name]: text }).success;
  expect([`${min}`, `${max}`].map(accepted)).toEqual([true, true]);
  for (const text of [
    `${min - 1}`,
    `${max + 1}`,
    '1.5',
    '0x10',
    '1e3',
    'ten',
    '+5',
    '1 000',
    'NaN',
    'Infinity',
  ]) {
    expect(faultsOf({ [name]: text })).toEqual([
      `${name}: expected an integer from ${min} to ${max}, found ${JSON.stringify(text)}`,
    ]);
  }
});

it.each<[string, string, string]>([
  ['SANDBOX', 'yes', 'on or off'],
  ['GRAPHIQL', 'true', 'on or off'],
  ['DEBUG_UPSTREAM', '1', 'on or off'],
  ['AUTH_MODE', 'basic', 'none, api-key, jwt or passthrough'],
  ['INTROSPECTION', 'ON', 'on, authenticated or off'],
  ['LOG_LEVEL', 'verbose', 'fatal, error, warn, info, debug, trace or silent'],
  ['LOG_FORMAT', 'text', 'json or pretty'],
  ['CORS_ORIGINS', '*', 'exact origins such as https://app.example.com, separated by commas'],
  ['CORS_ORIGINS', 'null', 'exact origins such as https://app.example.com, separated by commas'],
  [
    'CORS_ORIGINS',
    'https://a.example/',
    'exact origins such as https://app.example.com, separated by commas',
  ],
  [
    'CORS_ORIGINS',
    'https://a.example,,',
    'exact origins such as https://app.example.com, separated by commas',
  ],
  ['TRUST_PROXY', 'true', 'addresses or CIDR ranges, separated by commas'],
  ['TRUST_PROXY', '10.0.0.0/33', 'addresses or CIDR ranges, separated by commas'],
  ['TRUST_PROXY', '::ffff:0.0.0.0/90', 'addresses or CIDR ranges, separated by commas'],
  ['TRUST_PROXY', '10.1', 'addresses or CIDR ranges, separated by commas'],
])('%s is not %j', (name, text, expected) => {
  const fault = `${name}: expected ${expected}, found ${JSON.stringify(text)}`;
  expect(faultsOf({ SANDBOX: 'on', [name]: text })).toEqual([fault]);
});

const URL_KIND = 'an https: URL (http: only to loopback) without credentials, query and fragment';

it.each<[string, string, string]>([
  ['TEXTER_PROJECT_ID', 'evil.org/', 'a project id (letters, digits and hyphens)'],
  ['TEXTER_PROJECT_ID', 'a.b', 'a project id (letters, digits and hyphens)'],
  ['TEXTER_BASE_URL', 'http://texter.example', URL_KIND],
  ['TEXTER_BASE_URL', 'http://localhost.evil.org', URL_KIND],
  ['TEXTER_BASE_URL', 'ftp://localhost', URL_KIND],
])('%s is not %j', (name, text, expected) => {
  const { TEXTER_PROJECT_ID: _, ...real } = REAL;
  const fault = `${name}: expected ${expected}, found ${JSON.stringify(text)}`;
  expect(faultsOf({ ...real, [name]: text })).toEqual([fault]);
});

it('takes what is right', () => {
  const { upstream } = configOf({
    TEXTER_BASE_URL: 'http://127.0.0.1:8080/server/api/v2/',
    TEXTER_API_TOKEN: ' abc ',
    AUTH_MODE: 'none',
  });
  expect(upstream).toMatchObject({ kind: 'texter', baseUrl: 'http://127.0.0.1:8080/server/api/v2' });
  expect(upstream.kind === 'texter' && upstream.token?.current()).toBe('abc');

  const { http, rateLimit, log } = configOf({
    CORS_ORIGINS: 'https://a.example, http://b.example:8080',
    TRUST_PROXY: '10.0.0.0/8, ::1, 192.0.2.7',
    REDIS_URL: 'rediss://:pw@redis:6380/1',
    RATE_LIMIT_COST_PER_MINUTE: '600',
    LOG_LEVEL: 'silent',
  });
  expect(http.corsOrigins).toEqual(['https://a.example', 'http://b.example:8080']);
  expect(http.trustProxy.map(([address, bits]) => `${address}/${bits}`)).toEqual([
    '10.0.0.0/8',
    '::1/128',
    '192.0.2.7/32',
  ]);
  expect(rateLimit).toEqual({ costPerMinute: 600, redisUrl: 'rediss://:pw@redis:6380/1' });
  expect(log.level).toBe('silent');
});

it('takes the callers of each mode', () => {
  const keyed = configOf({ ...REAL, AUTH_MODE: 'api-key', API_KEYS: `bi:read:${HASH}` });
  expect(keyed.auth.mode === 'api-key' && keyed.auth.keys.current()).toEqual([
    { name: 'bi', access: 'read', hash: Buffer.from(HASH, 'hex') },
  ]);
  const jwt = {
    JWT_JWKS_URL: 'https://id.example/jwks',
    JWT_ISSUER: 'https://id.example',
    JWT_AUDIENCE: 'texter',
  };
  expect(configOf({ ...REAL, AUTH_MODE: 'jwt', ...jwt }).auth).toEqual({
    mode: 'jwt',
    jwksUrl: new URL('https://id.example/jwks'),
    issuer: 'https://id.example',
    audience: 'texter',
  });
});

it('takes the proxy in either spelling', () => {
  const proxy = { url: 'http://u:p@proxy:3128', except: 'localhost,.example' };
  expect(configOf({ HTTPS_PROXY: proxy.url, NO_PROXY: proxy.except }).proxy).toEqual(proxy);
  expect(configOf({ https_proxy: proxy.url, no_proxy: proxy.except }).proxy).toEqual(proxy);
  expect(faultsOf({ https_proxy: 'proxy:3128' })).toEqual([
    'HTTPS_PROXY: expected an http: or https: URL, found set',
  ]);
});
