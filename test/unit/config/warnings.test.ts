import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distance } from '../../../src/config/resembling.ts';
import { settings } from '../../../src/config/settings.ts';
import { HASH, load, REAL } from './load.ts';

it.each([
  ['TEXTER_TOKEN', 'TEXTER_API_TOKEN'],
  ['TEXTER_API_KEY', 'TEXTER_API_TOKEN'],
  ['TEXTER_PROJECT', 'TEXTER_PROJECT_ID'],
  ['texter_project_id', 'TEXTER_PROJECT_ID'],
  ['UPSTREAM_TIMEOUT', 'UPSTREAM_TIMEOUT_MS'],
  ['RATE_LIMIT', 'RATE_LIMIT_COST_PER_MINUTE'],
  ['CORS_ORIGIN', 'CORS_ORIGINS'],
  ['MAX_PAGESIZE', 'MAX_PAGE_SIZE'],
  ['LOG_LEVLE', 'LOG_LEVEL'],
  ['API_KEY', 'API_KEYS'],
  ['SANDBOX_LATENCY', 'SANDBOX_LATENCY_MS'],
])('%s is taken for a slip', (name, meant) => {
  expect(load({ [name]: 'x' }).warnings).toEqual([
    `${name}: is no setting and has no effect; did you mean ${meant}?`,
  ]);
});

it('is silent about what others set', () => {
  const names = [
    'PATH',
    'HOME',
    'HOSTNAME',
    'SHELL',
    'USER',
    'LOGNAME',
    'LANG',
    'TERM',
    'PWD',
    'NODE_ENV',
    'NODE_OPTIONS',
    'HTTPS_PROXY',
    'NO_PROXY',
    'NODE_EXTRA_CA_CERTS',
    'OTEL_SERVICE_NAME',
    'npm_config_loglevel',
    'DEBUG',
    'CI',
    'KUBERNETES_SERVICE_HOST',
    'TEXTER_GATEWAY_SERVICE_HOST',
    'TEXTER_GATEWAY_PORT',
    'REDIS_PORT',
    'REDIS_HOST',
    'TEXTER_GATEWAY_PORT_4000_TCP',
    'HOSTTYPE',
    'MAIL',
    'LS_COLORS',
    'SSH_AUTH_SOCK',
    'INIT_CWD',
  ];
  expect(load(Object.fromEntries(names.map((name) => [name, 'x']))).warnings).toEqual([]);
});

it('counts single-letter slips', () => {
  const by = (a: string, b: string) => distance(a, b);
  expect([by('', 'abc'), by('kitten', 'sitting'), by('PORT', 'PORT'), by('PROT', 'PORT')]).toEqual([
    3, 3, 0, 2,
  ]);
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
      expect(by(a, b)).toBe(by(b, a));
      expect(by(a, b) === 0).toBe(a === b);
      expect(by(a, c)).toBeLessThanOrEqual(by(a, b) + by(b, c));
    }),
  );
});

it.each<[string, Record<string, string>, string[]]>([
  [
    'a stop shorter than an operation',
    { SHUTDOWN_GRACE_MS: '5000' },
    ['SHUTDOWN_GRACE_MS: is below OPERATION_TIMEOUT_MS, so that a stop may cut operations off'],
  ],
  [
    'a delay longer than the stop',
    { SHUTDOWN_DELAY_MS: '30000' },
    ['SHUTDOWN_DELAY_MS: is above SHUTDOWN_GRACE_MS, which ends the drain before'],
  ],
  [
    'a stop shorter than the delay and an operation',
    { SHUTDOWN_DELAY_MS: '5001' },
    [
      'SHUTDOWN_GRACE_MS: is below SHUTDOWN_DELAY_MS and OPERATION_TIMEOUT_MS, so that a stop may cut operations off',
    ],
  ],
  [
    'operations that end before a slow answer is one',
    { OPERATION_TIMEOUT_MS: '5000' },
    ['OPERATION_TIMEOUT_MS: is not above UPSTREAM_TIMEOUT_MS, so that no breaker opens on slow answers'],
  ],
  [
    'an open gateway to a real project',
    { ...REAL, HOST: '0.0.0.0' },
    ['AUTH_MODE: none on HOST=0.0.0.0 lets whoever reaches it read every chat'],
  ],
  ['the same on loopback', { ...REAL, HOST: '::1' }, []],
  [
    'a token that is not used',
    { ...REAL, AUTH_MODE: 'passthrough' },
    ['TEXTER_API_TOKEN: has no effect with AUTH_MODE=passthrough'],
  ],
  [
    'settings of another mode',
    { API_KEYS: `a:read:${HASH}`, JWT_ISSUER: 'x' },
    ['API_KEYS: has no effect without AUTH_MODE=api-key', 'JWT_ISSUER: has no effect without AUTH_MODE=jwt'],
  ],
  [
    'a switch of the sandbox that is not served',
    { ...REAL, SANDBOX_SEED: '7' },
    ['SANDBOX_SEED: has no effect without the sandbox'],
  ],
  [
    'Redis without a limit',
    { REDIS_URL: 'redis://localhost' },
    ['REDIS_URL: has no effect without RATE_LIMIT_COST_PER_MINUTE'],
  ],
])('%s', (_, env, warnings) => {
  expect(load(env).warnings).toEqual(warnings);
});

it('tells of slips beside faults, which they may explain', () => {
  const { TEXTER_API_TOKEN: token, ...rest } = REAL;
  expect(load({ ...rest, TEXTER_TOKEN: token }).warnings).toHaveLength(1);
});

it('knows every setting of its own', () => {
  expect(load(Object.fromEntries(Object.keys(settings.shape).map((name) => [name, '1']))).warnings).toEqual(
    [],
  );
});
