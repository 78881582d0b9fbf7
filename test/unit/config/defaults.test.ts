import { expect, it } from 'vitest';
import { loadConfig } from '../../../src/config.ts';
import { configOf, load, REAL } from './load.ts';

it('serves the sandbox, open, when nothing is set', () => {
  expect(load({})).toEqual({
    warnings: [],
    config: {
      upstream: { kind: 'sandbox', options: {} },
      auth: { mode: 'none' },
      proxy: undefined,
      http: {
        port: 4000,
        host: '127.0.0.1',
        loopbackOnly: true,
        metricsPort: undefined,
        workers: 1,
        trustProxy: [],
        corsOrigins: 'loopback',
        maxBodyBytes: 102_400,
      },
      graphql: {
        graphiql: true,
        introspection: 'on',
        maxPageSize: 100,
        maxCost: 1000,
        operationTimeoutMs: 15_000,
        upstreamBudget: 500,
        debugUpstream: true,
      },
      rateLimit: { costPerMinute: 0, redisUrl: undefined },
      rest: { concurrency: 32, queue: 1000, maxBytes: 8_388_608, timeoutMs: 5000 },
      revisionCache: { entries: 10_000, bytes: 33_554_432, ttlMs: 60_000 },
      shutdown: { graceMs: 20_000, delayMs: 0 },
      tracing: false,
      log: { level: 'info', format: 'json' },
    },
  });
});

it('is closed in front of a real project', () => {
  const { upstream, http, graphql } = configOf({ ...REAL, AUTH_MODE: 'passthrough' });
  expect(upstream).toEqual({
    kind: 'texter',
    baseUrl: 'https://acme.texterchat.com/server/api/v2',
    token: undefined,
  });
  expect(http.corsOrigins).toEqual([]);
  expect(http.loopbackOnly).toBe(false);
  expect(graphql).toMatchObject({ graphiql: false, introspection: 'authenticated', debugUpstream: false });
});

it('takes an empty variable, as compose files leave them, for none', () => {
  expect(load({ PORT: '', TEXTER_API_TOKEN: ' ', AUTH_MODE: undefined })).toEqual(load({}));
});

it('can have the sandbox behind any authentication, and what is off on', () => {
  const config = configOf({ SANDBOX: 'on', AUTH_MODE: 'passthrough', GRAPHIQL: 'off', INTROSPECTION: 'off' });
  expect(config.upstream.kind).toBe('sandbox');
  expect(config.auth).toEqual({ mode: 'passthrough' });
  expect(config.graphql).toMatchObject({ graphiql: false, introspection: 'off' });
  expect(configOf({ ...REAL, GRAPHIQL: 'on', DEBUG_UPSTREAM: 'on' }).graphql).toMatchObject({
    graphiql: true,
    debugUpstream: true,
  });
});

it('writes for people on a terminal only', () => {
  const formatOf = (env: Record<string, string>, terminal: boolean) => {
    const loaded = loadConfig(env, { terminal, onFileChange: () => {} });
    return 'config' in loaded ? loaded.config.log.format : undefined;
  };
  expect(formatOf({}, true)).toBe('pretty');
  expect(formatOf({}, false)).toBe('json');
  expect(formatOf({ LOG_FORMAT: 'json' }, true)).toBe('json');
});

it('is frozen', () => {
  const config = configOf({});
  expect([config, ...Object.values(config)].every(Object.isFrozen)).toBe(true);
});

it('passes the sandbox its settings', () => {
  expect(configOf({ SANDBOX_SEED: '7', SANDBOX_LATENCY_MS: '20' }).upstream).toEqual({
    kind: 'sandbox',
    options: { seed: 7, latencyMs: 20 },
  });
});
