import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SECRETS, settings } from '../../../src/config/settings.ts';
import { SANDBOX_VARIABLES } from '../../../src/sandbox/settings.ts';
import { faultsOf, HASH, load, REAL } from './load.ts';

const NAMES = [...Object.keys(settings.shape), ...SANDBOX_VARIABLES];

it('never serves the sandbox with real settings', () => {
  expect(faultsOf({ ...REAL, SANDBOX: 'on' })).toEqual([
    'SANDBOX: expected off, or nothing, beside TEXTER_PROJECT_ID and TEXTER_API_TOKEN, found "on"',
  ]);
});

it.each<[string, Record<string, string>, string[]]>([
  [
    'a real upstream without AUTH_MODE',
    { TEXTER_PROJECT_ID: 'acme', TEXTER_API_TOKEN: 't' },
    ['AUTH_MODE: expected none, api-key, jwt or passthrough (a real upstream has no default), found nothing'],
  ],
  [
    'nothing to serve',
    { SANDBOX: 'off' },
    [
      'TEXTER_PROJECT_ID: expected the id of a project (or TEXTER_BASE_URL instead), found nothing',
      'TEXTER_API_TOKEN: expected a token (or TEXTER_API_TOKEN_FILE instead), found unset',
      'AUTH_MODE: expected none, api-key, jwt or passthrough (a real upstream has no default), found nothing',
    ],
  ],
  [
    'a token without a project',
    { TEXTER_API_TOKEN: 't', AUTH_MODE: 'passthrough' },
    ['TEXTER_PROJECT_ID: expected the id of a project (or TEXTER_BASE_URL instead), found nothing'],
  ],
  [
    'two upstreams',
    { ...REAL, TEXTER_BASE_URL: 'https://texter.example' },
    ['TEXTER_BASE_URL: expected nothing beside TEXTER_PROJECT_ID, found "https://texter.example"'],
  ],
  [
    'a token in two places',
    { ...REAL, TEXTER_API_TOKEN_FILE: '/dev/null' },
    ['TEXTER_API_TOKEN_FILE: expected nothing beside TEXTER_API_TOKEN, found "/dev/null"'],
  ],
  [
    'a token that would split a header',
    { ...REAL, TEXTER_API_TOKEN: 'a\r\nb' },
    ['TEXTER_API_TOKEN: expected a token (visible ASCII characters), found set'],
  ],
  [
    'a token file that is not there',
    { TEXTER_PROJECT_ID: 'acme', TEXTER_API_TOKEN_FILE: '/nowhere/token', AUTH_MODE: 'none' },
    [
      'TEXTER_API_TOKEN_FILE: expected a file that holds a token, found "/nowhere/token": it cannot be read (ENOENT)',
    ],
  ],
  [
    'an empty token file',
    { TEXTER_PROJECT_ID: 'acme', TEXTER_API_TOKEN_FILE: '/dev/null', AUTH_MODE: 'none' },
    [
      'TEXTER_API_TOKEN_FILE: expected a file that holds a token, found "/dev/null": its content is malformed',
    ],
  ],
  [
    'api-key without keys',
    { ...REAL, AUTH_MODE: 'api-key' },
    ['API_KEYS: expected the callers of AUTH_MODE=api-key (or API_KEYS_FILE instead), found unset'],
  ],
  [
    'an API_KEYS without a key',
    { ...REAL, AUTH_MODE: 'api-key', API_KEYS: ',' },
    ['API_KEYS: expected at least one caller for AUTH_MODE=api-key, found set'],
  ],
  [
    'an API_KEYS_FILE without a key',
    { ...REAL, AUTH_MODE: 'api-key', API_KEYS_FILE: '/dev/null' },
    ['API_KEYS_FILE: expected at least one caller for AUTH_MODE=api-key, found "/dev/null"'],
  ],
  [
    'one hash under two names',
    { ...REAL, AUTH_MODE: 'api-key', API_KEYS: `a:read:${HASH},b:write:${HASH}` },
    [
      'API_KEYS: expected name:read:SHA256HEX or name:write:SHA256HEX, separated by commas, no hash twice, found set',
    ],
  ],
  [
    'jwt without its settings',
    { ...REAL, AUTH_MODE: 'jwt' },
    [
      'JWT_JWKS_URL: expected the URL of the key set for AUTH_MODE=jwt, found nothing',
      'JWT_ISSUER: expected the issuer of the tokens for AUTH_MODE=jwt, found nothing',
      'JWT_AUDIENCE: expected the audience of the tokens for AUTH_MODE=jwt, found nothing',
    ],
  ],
  [
    'metrics on the port itself',
    { METRICS_PORT: '4000' },
    ['METRICS_PORT: expected another port than PORT, found "4000"'],
  ],
  [
    'fewer calls than processes',
    { WEB_CONCURRENCY: '4', UPSTREAM_CONCURRENCY: '3' },
    [
      'UPSTREAM_CONCURRENCY: expected at least one REST call for each of the WEB_CONCURRENCY processes, found "3"',
    ],
  ],
  [
    'a bad switch of the sandbox',
    { SANDBOX_SEED: 'x' },
    ['SANDBOX_SEED: expected an integer from 0 to 9007199254740991, found "x"'],
  ],
  [
    'faults of each kind at once',
    {
      PORT: 'x',
      TEXTER_BASE_URL: 'https://user:pw@texter.example',
      AUTH_MODE: 'none',
      REDIS_URL: 'http://:pw@x',
    },
    [
      'PORT: expected an integer from 0 to 65535, found "x"',
      'TEXTER_BASE_URL: expected an https: URL (http: only to loopback) without credentials, query and fragment, found set',
      'REDIS_URL: expected a redis: or rediss: URL, found set',
      'TEXTER_API_TOKEN: expected a token (or TEXTER_API_TOKEN_FILE instead), found unset',
    ],
  ],
])('%s', (_, env, faults) => {
  expect(faultsOf(env)).toEqual(faults);
});

// Values were shown as they stood, but for what is between // and @: not every form that URL takes has both, a query may
// be the key, and a token may be put where the name of its file belongs.
it.each<[string, string, string]>([
  ['TEXTER_BASE_URL', 'https:user:planted@host/x', 'set'],
  ['TEXTER_BASE_URL', 'https:\\\\user:planted@host/x', 'set'],
  ['TEXTER_BASE_URL', 'planted', 'set'],
  ['TEXTER_BASE_URL', 'planted:planted', 'set'],
  ['TEXTER_BASE_URL', 'https://texter.example/x?token=planted', '"https://texter.example"'],
  ['JWT_JWKS_URL', 'https://issuer.example/keys?code=planted', '"https://issuer.example"'],
  ['CORS_ORIGINS', 'https:user:planted@host', '"***@host"'],
  ['TEXTER_API_TOKEN_FILE', 'planted', 'set: it cannot be read (ENOENT)'],
  ['TEXTER_API_TOKEN_FILE', 'planted/+planted==', 'set: it cannot be read (ENOENT)'],
  ['TEXTER_API_TOKEN_FILE', './nowhere', '"./nowhere": it cannot be read (ENOENT)'],
  ['API_KEYS_FILE', 'planted:write:abcdef', 'set: it cannot be read (ENOENT)'],
])('shows nothing of a secret in %s=%s', (name, value, found) => {
  const { TEXTER_API_TOKEN, ...rest } = REAL;
  const env = {
    ...rest,
    ...(name === 'TEXTER_API_TOKEN_FILE' ? {} : { TEXTER_API_TOKEN }),
    ...(name === 'API_KEYS_FILE' ? { AUTH_MODE: 'api-key' } : {}),
    [name]: value,
  };
  const faults = faultsOf(env);
  expect(faults.join()).not.toContain('planted');
  expect(
    faults.filter((line) => line.startsWith(`${name}: `) && line.endsWith(`, found ${found}`)),
  ).toHaveLength(1);
});

it('turns any environment into a config or faults of one line each, and never shows a secret', () => {
  const secret = fc.string({ minLength: 8, unit: 'binary' }).map((text) => `planted${text}`);
  const value = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.constantFrom(
      'on',
      'off',
      'none',
      'jwt',
      'api-key',
      'passthrough',
      'https://x.example',
      'http://localhost',
    ),
  );
  const env = fc
    .dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), value)
    .chain((vars) =>
      fc
        .record(Object.fromEntries([...SECRETS].map((name) => [name, secret])), { requiredKeys: [] })
        .map((secrets) => ({ ...vars, ...secrets })),
    );
  fc.assert(
    fc.property(env, (vars) => {
      const loaded = load(vars);
      const lines = [...loaded.warnings, ...('faults' in loaded ? loaded.faults : [])];
      expect('config' in loaded || lines.length > 0).toBe(true);
      for (const line of lines) {
        expect(line).not.toContain('planted');
        if (Object.keys(vars).every((name) => !name.includes('\n'))) expect(line).not.toContain('\n');
      }
      if ('faults' in loaded) {
        const variables = loaded.faults.map((line) => line.slice(0, line.indexOf(':')));
        expect(new Set(variables).size).toBe(variables.length);
        expect(NAMES).toEqual(expect.arrayContaining(variables));
      }
    }),
  );
});
