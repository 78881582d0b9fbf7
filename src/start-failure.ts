import type { Config } from './config.ts';

/** A start that failed for a reason that is already in words for people. */
export class StartFailure extends Error {}

/** What an error at the start means to who wrote the settings. */
export function startFailure(error: unknown, { http }: Config): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof StartFailure) return error.message;
  const code = 'code' in error ? error.code : undefined;
  const port = 'port' in error ? error.port : undefined;
  const setting = port === http.metricsPort ? 'METRICS_PORT' : 'PORT';
  if (code === 'EADDRINUSE') return `${setting}: ${port} on ${http.host} is in use by another process`;
  if (code === 'EACCES') return `${setting}: ${port} may not be listened on by this user`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST: ${http.host} is no address of this machine`;
  }
  return error.stack ?? error.message;
}
