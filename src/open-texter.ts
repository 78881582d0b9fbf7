import { EnvHttpProxyAgent } from 'undici';
import type { Config, Upstream } from './config.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { createTexterClient, type ManagedTexterClient } from './texter/create-client.ts';
import type { RateLimitPause } from './texter/rate-limit-pauses.ts';
import type { Tracing } from './tracing/start.ts';

export interface OpenTexter {
  readonly client: ManagedTexterClient;
  /** The gateway's own token as it is now; undefined where callers bring theirs. */
  token(): string | undefined;
  close(): Promise<void>;
}

export interface OpenTexterDeps {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
  /** A sandbox that runs elsewhere, to be used in the place of one of our own. */
  readonly sandboxUrl?: string | undefined;
  readonly onRateLimitPause?: ((pause: RateLimitPause) => void) | undefined;
}

/** Retries that are always allowed in ten seconds, by all processes together. */
const RETRY_FLOOR = 10;

/**
 * The REST client of the upstream that the config names, with the sandbox behind it where that is it. Where several
 * processes share the port each gets its part of what the config allows.
 */
export async function openTexter(
  { upstream, rest, proxy, http }: Config,
  { log, metrics, tracing, sandboxUrl, onRateLimitPause }: OpenTexterDeps,
): Promise<OpenTexter> {
  const { baseUrl, token, close } = await reach(upstream, sandboxUrl);
  const part = (whole: number) => Math.max(1, Math.floor(whole / http.workers));
  const connections = part(rest.concurrency);
  const client = createTexterClient({
    baseUrl,
    concurrency: connections,
    queueLimit: Math.floor(rest.queue / http.workers),
    // At least one each: beyond ten processes that is a little more than ten in all.
    retryFloor: Math.max(1, RETRY_FLOOR / http.workers),
    maxBytes: rest.maxBytes,
    timeoutMs: rest.timeoutMs,
    // What is on this machine is no business of the proxy.
    ...(proxy !== undefined &&
      baseUrl.startsWith('https:') && {
        dispatcher: new EnvHttpProxyAgent({ httpsProxy: proxy.url, noProxy: proxy.except, connections }),
      }),
    ...(tracing && { instrument: (transport) => tracing.traceCalls(transport, new URL(baseUrl)) }),
    observer: {
      onResponse: (endpoint, status) => metrics.upstreamRequest(endpoint, status),
      onRetry: (endpoint) => metrics.retry(endpoint),
      onBreaker(endpoint, state) {
        metrics.breaker(endpoint, state);
        log.warn({ endpoint, state }, 'circuit breaker');
      },
      onRateLimitPause(pause) {
        log.warn({ retryAt: new Date(pause.retryAt) }, 'Texter asked to wait');
        onRateLimitPause?.(pause);
      },
    },
  });
  metrics.watch(client);
  return {
    client,
    token,
    async close() {
      await client.close();
      await close();
    },
  };
}

async function reach(upstream: Upstream, sandboxUrl: string | undefined) {
  const nothing = async () => {};
  if (upstream.kind === 'texter') {
    const { baseUrl, token } = upstream;
    return { baseUrl, token: () => token?.current(), close: nothing };
  }
  // Loaded here, because a gateway of a real project has no use for it.
  const { SANDBOX_TOKEN, startSandbox } = await import('./sandbox/sandbox.ts');
  const token = () => SANDBOX_TOKEN;
  if (sandboxUrl !== undefined) return { baseUrl: sandboxUrl, token, close: nothing };
  const sandbox = await startSandbox(upstream.options);
  return { baseUrl: sandbox.url, token, close: () => sandbox.close() };
}
