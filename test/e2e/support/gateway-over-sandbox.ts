import {
  SANDBOX_TOKEN,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../../src/sandbox/sandbox.ts';
import type { ErrorEntry } from '../../support/gateway.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';

export interface GraphQLAnswer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly data: Data;
  readonly errors: readonly ErrorEntry[] | undefined;
  readonly extensions: { upstream: { calls: number; rounds: number; reused: number } };
}

/** The started gateway, with a sandbox as its Texter that the test holds in its hand. */
export interface GatewayOverSandbox extends AsyncDisposable {
  readonly gateway: GatewayProcess;
  readonly sandbox: Sandbox;
  query<Data = Record<string, unknown>>(document: string, init?: RequestInit): Promise<GraphQLAnswer<Data>>;
  /** The value of one series of /metrics, labels as they stand there; undefined where there is none. */
  metric(series: string): Promise<number | undefined>;
}

/** Starts both. Settings are the gateway's; unless they say otherwise everybody may do everything. */
export async function startGatewayOverSandbox(
  settings: Record<string, string> = {},
  options: SandboxOptions = {},
): Promise<GatewayOverSandbox> {
  const sandbox = await startSandbox(options);
  const gateway = await startGatewayProcess({
    TEXTER_BASE_URL: sandbox.url,
    AUTH_MODE: 'none',
    ...(settings.AUTH_MODE !== 'passthrough' && { TEXTER_API_TOKEN: SANDBOX_TOKEN }),
    DEBUG_UPSTREAM: 'on',
    ...settings,
  });
  return {
    gateway,
    sandbox,
    query: (document, init) => query(gateway.url, document, init),
    async metric(series) {
      const text = await (await fetch(new URL('/metrics', gateway.url))).text();
      const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
      return line === undefined ? undefined : Number(line.slice(series.length + 1));
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}

/** Sends a document by POST. */
export async function query<Data>(
  url: string,
  document: string,
  init: RequestInit = {},
): Promise<GraphQLAnswer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
    body: JSON.stringify({ query: document }),
  });
  const { data, errors, extensions } = JSON.parse(await response.text());
  return { status: response.status, data, errors, extensions };
}
