import { fileURLToPath } from 'node:url';
import { API_KEYS } from './api-key.ts';
import type { Command } from './cpus.ts';
import { MeasuredProcess } from './measured-process.ts';

/** A server that answers the workloads. */
export interface Contestant {
  readonly name: string;
  readonly start: (upstreamUrl: string) => MeasuredProcess;
}

/** V8 throws away the code of functions that an idle process has not run for a while; each of these is idle in turn. */
const NODE: Command = [process.execPath, '--no-flush-bytecode'];
const GATEWAY_MODULE = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const TOKEN = 'bench-token';

export const FLOOR = server('floor: no GraphQL', 'floor');
export const GATEWAY = gateway(1);
export const PEERS: readonly Contestant[] = [
  server('GraphQL Yoga + Pothos, plain', 'yoga-pothos'),
  server('Apollo Server 5 + datasource-rest', 'apollo'),
  server('Mercurius + jit + loaders', 'mercurius'),
];

/** The gateway as it is built, with the settings of production. */
export function gateway(workers: number): Contestant {
  return {
    name: workers === 1 ? 'this gateway' : `this gateway, ${workers} processes`,
    start: (upstreamUrl) =>
      new MeasuredProcess([...NODE, GATEWAY_MODULE], {
        PORT: '0',
        TEXTER_BASE_URL: upstreamUrl,
        TEXTER_API_TOKEN: TOKEN,
        AUTH_MODE: 'api-key',
        API_KEYS,
        WEB_CONCURRENCY: String(workers),
        // A busy machine is to show as time, not as errors.
        UPSTREAM_TIMEOUT_MS: '60000',
        OPERATION_TIMEOUT_MS: '60000',
        SHUTDOWN_GRACE_MS: '60000',
      }),
  };
}

function server(name: string, module: string): Contestant {
  return {
    name,
    start: (upstreamUrl) =>
      new MeasuredProcess([...NODE, fileURLToPath(new URL(`servers/${module}.mjs`, import.meta.url))], {
        NODE_ENV: 'production',
        UPSTREAM_URL: upstreamUrl,
        UPSTREAM_TOKEN: TOKEN,
      }),
  };
}

/** As `npm start` starts it: with the sandbox, which answers after so many ms. */
export function sandboxGateway(latencyMs: number): MeasuredProcess {
  return new MeasuredProcess([...NODE, GATEWAY_MODULE], { PORT: '0', SANDBOX_LATENCY_MS: String(latencyMs) });
}
