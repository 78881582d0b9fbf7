import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { loadConfig } from '../../src/config.ts';
import { Lifecycle } from '../../src/http/lifecycle.ts';
import { listen } from '../../src/http/server.ts';
import { createRateLimit } from '../../src/limits/rate-limit.ts';
import { createLogger } from '../../src/log.ts';
import { createMetrics, type Metrics } from '../../src/metrics.ts';
import { SANDBOX_TOKEN, type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createGateway } from '../../src/server.ts';
import { createTexterClient } from '../../src/texter/create-client.ts';

export interface GatewayOptions {
  readonly sandbox?: SandboxOptions;
  /** Settings, as an operator would give them. */
  readonly env?: Readonly<Record<string, string>>;
  /** The gateway's own token towards the sandbox. */
  readonly token?: string;
}

export interface ErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string } & Readonly<Record<string, unknown>>;
}

export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Data | null | undefined;
  readonly errors: readonly ErrorEntry[] | undefined;
  readonly extensions: { upstream?: { calls: number; rounds: number; reused: number } } & Record<
    string,
    unknown
  >;
}

export interface TestGateway extends AsyncDisposable {
  /** Of the GraphQL endpoint. */
  readonly url: string;
  readonly origin: string;
  readonly sandbox: Sandbox;
  readonly metrics: Metrics;
  /** Sends a document by POST. */
  query<Data = Record<string, unknown>>(
    document: string | TypedDocumentNode<Data, never>,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>;
}

/** A gateway over a sandbox, both in this process and both spoken to over HTTP. */
export async function startGateway(options: GatewayOptions = {}): Promise<TestGateway> {
  const loaded = loadConfig(
    { LOG_LEVEL: 'silent', ...options.env },
    { terminal: false, onFileChange: () => {} },
  );
  if (!('config' in loaded)) throw new Error(loaded.faults.join('\n'));
  const { config } = loaded;

  const sandbox = await startSandbox(options.sandbox);
  const texter = createTexterClient({ baseUrl: sandbox.url, ...config.rest });
  const metrics = createMetrics();
  const log = createLogger(config.log);
  const rateLimit = await createRateLimit(config.rateLimit, log);
  const handler = createGateway(config, {
    texter,
    token: () => options.token ?? SANDBOX_TOKEN,
    log,
    metrics,
    lifecycle: new Lifecycle(),
    rateLimit,
  });
  const server = await listen(handler, { host: '127.0.0.1', port: 0 });
  const origin = `http://127.0.0.1:${server.port}`;
  const url = `${origin}/graphql`;

  return {
    url,
    origin,
    sandbox,
    metrics,
    async query(document, variables, headers) {
      const query = typeof document === 'string' ? document : print(document);
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors, extensions = {} } = JSON.parse(await response.text());
      return { status: response.status, headers: response.headers, data, errors, extensions };
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await texter.close();
      rateLimit?.close();
      await sandbox.close();
    },
  };
}
