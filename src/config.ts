import type { ApiKey } from './config/api-keys.ts';
import { authConfig } from './config/auth.ts';
import { Faults, type Given, given } from './config/faults.ts';
import type { AddressRange } from './config/kinds.ts';
import type { FileReport, Live } from './config/live.ts';
import { isLoopback } from './config/loopback.ts';
import { resembling } from './config/resembling.ts';
import { type Settings, settings } from './config/settings.ts';
import { sendsTraces, tracingWarnings } from './config/tracing.ts';
import { sandboxUpstream, TEXTER_VARIABLES, texterUpstream } from './config/upstream.ts';
import { idleSettings, risks } from './config/warnings.ts';
import type { SandboxOptions } from './sandbox/sandbox.ts';
import { SANDBOX_VARIABLES } from './sandbox/settings.ts';

/** Everything the operator decides. Durations are ms, sizes bytes. Made once, by `loadConfig`, and frozen. */
export interface Config {
  readonly upstream: Upstream;
  readonly auth: AuthConfig;
  /** The way out to Texter and to the key set; what `except` lists, as NO_PROXY does, is called directly. */
  readonly proxy: { readonly url: string; readonly except: string } | undefined;
  readonly http: {
    /** 0: a free port. */
    readonly port: number;
    readonly host: string;
    /** Whether Host headers that do not name this machine are refused: without authentication, on loopback. */
    readonly loopbackOnly: boolean;
    /** Where /metrics is instead of on `port`. */
    readonly metricsPort: number | undefined;
    /** Processes that share the port. */
    readonly workers: number;
    /** Proxies whose X-Forwarded-For is believed. */
    readonly trustProxy: readonly AddressRange[];
    /** Exact origins, or every port of http://localhost and http://127.0.0.1. */
    readonly corsOrigins: readonly string[] | 'loopback';
    readonly maxBodyBytes: number;
  };
  readonly graphql: {
    readonly graphiql: boolean;
    readonly introspection: 'on' | 'authenticated' | 'off';
    readonly maxPageSize: number;
    readonly maxCost: number;
    readonly operationTimeoutMs: number;
    /** REST calls one operation may make. */
    readonly upstreamBudget: number;
    /** Whether answers carry `extensions.upstream`. */
    readonly debugUpstream: boolean;
  };
  readonly rateLimit: {
    /** 0: no limit. */
    readonly costPerMinute: number;
    readonly redisUrl: string | undefined;
  };
  /** How Texter is called. Of all workers together; see cluster.ts. */
  readonly rest: {
    readonly concurrency: number;
    readonly queue: number;
    readonly maxBytes: number;
    readonly timeoutMs: number;
  };
  readonly revisionCache: {
    /** 0: no cache. */
    readonly entries: number;
    readonly bytes: number;
    readonly ttlMs: number;
  };
  readonly shutdown: { readonly graceMs: number; readonly delayMs: number };
  /** Whether operations and REST calls are traced; how, OpenTelemetry reads from its OTEL_ variables by itself. */
  readonly tracing: boolean;
  readonly log: { readonly level: Settings['LOG_LEVEL']; readonly format: 'json' | 'pretty' };
}

export type Upstream =
  | { readonly kind: 'sandbox'; readonly options: SandboxOptions }
  | {
      readonly kind: 'texter';
      /** No slash at its end: `https://acme.texterchat.com/server/api/v2`. */
      readonly baseUrl: string;
      /** The gateway's own token; undefined where callers bring theirs. */
      readonly token: Live<string> | undefined;
    };

export type AuthConfig =
  | { readonly mode: 'none' }
  | { readonly mode: 'api-key'; readonly keys: Live<readonly ApiKey[]> }
  | { readonly mode: 'jwt'; readonly jwksUrl: URL; readonly issuer: string; readonly audience: string }
  | { readonly mode: 'passthrough' };

export type Loaded = {
  /** One line for each setting that is taken, but was probably not meant so. */
  readonly warnings: readonly string[];
} & (
  | { readonly config: Config }
  /** One line for each fault: the variable, what was expected, what was found. */
  | { readonly faults: readonly string[] }
);

export interface LoadOptions {
  /** Whether the log goes to a terminal. */
  readonly terminal: boolean;
  /** Told, while the gateway runs, when a file that holds a setting has changed. */
  readonly onFileChange: (report: FileReport) => void;
}

/** The exit code of a start that ended with faults: EX_CONFIG of sysexits.h. */
export const EXIT_BAD_CONFIG = 78;

/**
 * Reads the settings from the environment, and the files that they name. Never throws for what an operator
 * wrote: either a whole config, with warnings for what has no effect, or every fault at once.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, options: LoadOptions): Loaded {
  const vars = given(env);
  const faults = new Faults(vars);
  const values = parse(vars, faults);

  const real = [...TEXTER_VARIABLES, 'AUTH_MODE'].some((name) => vars[name] !== undefined);
  const sandbox = values.SANDBOX ?? !real;
  const upstream = sandbox ? sandboxUpstream(vars, faults) : texterUpstream(vars, values, faults, options);
  const auth = authConfig(values, sandbox, faults, options);
  if (values.METRICS_PORT === values.PORT && values.PORT !== 0) {
    faults.add('METRICS_PORT', 'another port than PORT');
  }
  if (values.UPSTREAM_CONCURRENCY < values.WEB_CONCURRENCY) {
    faults.add('UPSTREAM_CONCURRENCY', 'at least one REST call for each of the WEB_CONCURRENCY processes');
  }
  const warnings = resembling(Object.keys(vars), [...Object.keys(settings.shape), ...SANDBOX_VARIABLES]);
  if (faults.lines.length > 0 || auth === undefined) return { faults: faults.lines, warnings };

  const config: Config = {
    upstream,
    auth,
    proxy:
      values.HTTPS_PROXY === undefined ? undefined : { url: values.HTTPS_PROXY, except: values.NO_PROXY },
    http: {
      port: values.PORT,
      host: values.HOST,
      loopbackOnly: auth.mode === 'none' && isLoopback(values.HOST),
      metricsPort: values.METRICS_PORT,
      workers: values.WEB_CONCURRENCY,
      trustProxy: values.TRUST_PROXY,
      corsOrigins: values.CORS_ORIGINS ?? (sandbox ? 'loopback' : []),
      maxBodyBytes: values.MAX_BODY_BYTES,
    },
    graphql: {
      graphiql: values.GRAPHIQL ?? sandbox,
      introspection: values.INTROSPECTION ?? (sandbox ? 'on' : 'authenticated'),
      maxPageSize: values.MAX_PAGE_SIZE,
      maxCost: values.MAX_COST,
      operationTimeoutMs: values.OPERATION_TIMEOUT_MS,
      upstreamBudget: values.UPSTREAM_BUDGET,
      debugUpstream: values.DEBUG_UPSTREAM ?? sandbox,
    },
    rateLimit: { costPerMinute: values.RATE_LIMIT_COST_PER_MINUTE, redisUrl: values.REDIS_URL },
    rest: {
      concurrency: values.UPSTREAM_CONCURRENCY,
      queue: values.UPSTREAM_QUEUE,
      maxBytes: values.UPSTREAM_MAX_BYTES,
      timeoutMs: values.UPSTREAM_TIMEOUT_MS,
    },
    revisionCache: {
      entries: values.REVISION_CACHE_ENTRIES,
      bytes: values.REVISION_CACHE_BYTES,
      ttlMs: values.REVISION_CACHE_TTL_MS,
    },
    shutdown: { graceMs: values.SHUTDOWN_GRACE_MS, delayMs: values.SHUTDOWN_DELAY_MS },
    tracing: sendsTraces(vars),
    log: {
      level: values.LOG_LEVEL,
      format: values.LOG_FORMAT ?? (options.terminal ? 'pretty' : 'json'),
    },
  };
  for (const part of Object.values(config)) Object.freeze(part);
  return {
    config: Object.freeze(config),
    warnings: [...warnings, ...idleSettings(vars, config), ...risks(config), ...tracingWarnings(vars)],
  };
}

function parse(vars: Given, faults: Faults): Settings {
  const result = settings.safeParse(vars);
  if (result.success) return result.data;
  // What is faulty is reported, and then left out so that what depends on the rest is checked in the same start.
  const rest = { ...vars };
  for (const issue of result.error.issues) {
    const variable = String(issue.path[0]);
    faults.add(variable, issue.message);
    delete rest[variable];
  }
  return settings.parse(rest);
}
