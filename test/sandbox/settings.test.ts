import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { behaviourSchema } from '../../src/sandbox/behaviour.ts';
import { faultSchema } from '../../src/sandbox/http/fault.ts';
import { parseSandboxSettings, SANDBOX_VARIABLES } from '../../src/sandbox/settings.ts';

test('nothing given: nothing decided', () => {
  expect(parseSandboxSettings({})).toEqual({ options: {}, port: 4010 });
  expect(parseSandboxSettings({ SANDBOX_SEED: ' ', SANDBOX_FAULTS: '' })).toEqual({
    options: {},
    port: 4010,
  });
});

test('every setting', () => {
  const settings = parseSandboxSettings({
    SANDBOX_PORT: '4011',
    SANDBOX_SEED: '7',
    SANDBOX_NOW: '2026-01-01T00:00:00Z',
    SANDBOX_LATENCY_MS: '25',
    SANDBOX_BEHAVIOUR: 'tieOrder=random, messageLimitCap=10',
    SANDBOX_FAULTS: 'status=503,endpoint=search,times=3; latencyMs=200, probability=0.1',
  });
  expect(settings).toMatchObject({
    port: 4011,
    options: {
      seed: 7,
      now: Date.UTC(2026, 0, 1),
      latencyMs: 25,
      behaviour: { tieOrder: 'random', messageLimitCap: 10 },
      faults: [
        { status: 503, endpoint: 'search', times: 3 },
        { latencyMs: 200, probability: 0.1 },
      ],
    },
  });
});

test('SANDBOX_NOW takes epoch milliseconds too', () => {
  expect(parseSandboxSettings({ SANDBOX_NOW: '1767225600000' })).toMatchObject({
    options: { now: 1_767_225_600_000 },
  });
});

test.each([
  ['SANDBOX_PORT', '65536', 'an integer from 0 to 65535'],
  ['SANDBOX_SEED', '-1', 'an integer from 0 to 9007199254740991'],
  ['SANDBOX_NOW', 'tomorrow', 'an ISO 8601 instant or epoch milliseconds'],
  ['SANDBOX_LATENCY_MS', '1.5', 'an integer from 0 to 2147483647'],
  ['SANDBOX_BEHAVIOUR', 'tieOrder', 'comma-separated name=value'],
  ['SANDBOX_BEHAVIOUR', 'tieOrder=sorted', expect.stringContaining('tieOrder: ')],
  ['SANDBOX_BEHAVIOUR', 'tieorder=id', expect.stringContaining('tieorder')],
  ['SANDBOX_FAULTS', 'status=503;', 'comma-separated name=value'],
  ['SANDBOX_FAULTS', 'status=99', expect.stringContaining('status: ')],
  ['SANDBOX_FAULTS', 'redirect=nowhere', expect.stringContaining('redirect: ')],
])('%s=%s is a fault', (variable, found, expected) => {
  expect(parseSandboxSettings({ [variable]: found })).toEqual({ faults: [{ variable, expected, found }] });
});

test('every fault is reported at once', () => {
  const bad = Object.fromEntries(SANDBOX_VARIABLES.map((variable) => [variable, 'x']));
  expect(parseSandboxSettings(bad)).toHaveProperty('faults.length', SANDBOX_VARIABLES.length);
});

test('the README names every variable and every switch', () => {
  const readme = readFileSync(new URL('../../src/sandbox/README.md', import.meta.url), 'utf8');
  const names = [
    ...SANDBOX_VARIABLES,
    ...Object.keys(behaviourSchema.shape),
    ...Object.keys(faultSchema.shape),
  ];
  for (const name of names) expect(readme).toContain(`\`${name}\``);
});
