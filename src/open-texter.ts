import { EnvHttpProxyAgent } from 'undici';
import type { Config, Upstream } from './config.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { SANDBOX_TOKEN, startSandbox } from './sandbox/sandbox.ts';
import { createTexterClient, type ManagedTexterClient } from './texter/create-client.ts';

export interface OpenTexter {
  readonly client: ManagedTexterClient;
  /** The gateway's own token as it is now; undefined where callers bring theirs. */
  token(): string | undefined;
  close(): Promise<void>;
}

/** The REST client of the upstream that the config names, with the sandbox behind it where that is it. */
export async function openTexter(config: Config, log: Logger, metrics: Metrics): Promise<OpenTexter> {
  const { baseUrl, token, close } = await reach(config.upstream);
  const { rest, proxy } = config;
  const client = createTexterClient({
    baseUrl,
    concurrency: rest.concurrency,
    queueLimit: rest.queue,
    maxBytes: rest.maxBytes,
    timeoutMs: rest.timeoutMs,
    // What is on this machine is no business of the proxy.
    ...(proxy !== undefined &&
      baseUrl.startsWith('https:') && {
        dispatcher: new EnvHttpProxyAgent({
          httpsProxy: proxy.url,
          noProxy: proxy.except,
          connections: rest.concurrency,
        }),
      }),
    observer: {
      onResponse: (endpoint, status) => metrics.upstreamRequest(endpoint, status),
      onRetry: (endpoint) => metrics.retry(endpoint),
      onBreaker(endpoint, state) {
        metrics.breaker(endpoint, state);
        log.warn({ endpoint, state }, 'circuit breaker');
      },
      onRateLimitPause({ retryAt }) {
        log.warn({ retryAt: new Date(retryAt) }, 'Texter asked to wait');
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

async function reach(upstream: Upstream) {
  if (upstream.kind === 'texter') {
    const { baseUrl, token } = upstream;
    return { baseUrl, token: () => token?.current(), close: async () => {} };
  }
  const sandbox = await startSandbox();
  return { baseUrl: sandbox.url, token: () => SANDBOX_TOKEN, close: () => sandbox.close() };
}
