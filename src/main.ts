import { constants } from 'node:os';
import type { FileReport } from './config/live.ts';
import { type Config, EXIT_BAD_CONFIG, loadConfig } from './config.ts';
import { createLogger, type Logger } from './log.ts';
import { serve } from './serve.ts';

const loaded = loadConfig(process.env, {
  terminal: process.stdout.isTTY === true,
  onFileChange: (report) => logFileChange(report),
});
if ('faults' in loaded) {
  for (const line of [...loaded.faults, ...loaded.warnings]) console.error(line);
  process.exit(EXIT_BAD_CONFIG);
}
const { config, warnings } = loaded;
const log = createLogger(config.log);
process.on('uncaughtException', (err) => {
  log.fatal({ err }, 'uncaught');
  process.exit(1);
});

const served = serve(config, log);
stopOnSignals(async () => ((await (await served).stop()) ? 0 : 1), log);
const { url, metricsUrl } = await served.catch((error: unknown) => {
  console.error(startFailure(error, config));
  process.exit(1);
});
log.info({ url, metricsUrl, upstream: config.upstream.kind }, `${url} serves ${describeUpstream(config)}`);
for (const warning of warnings) log.warn(warning);

function describeUpstream({ upstream }: Config): string {
  return upstream.kind === 'sandbox' ? 'the sandbox: made-up chats, no real project' : upstream.baseUrl;
}

function logFileChange({ setting, fault }: FileReport): void {
  if (fault === undefined) log.info({ setting }, 'a file of settings has changed and is in use');
  else
    log.error({ setting, fault }, 'a file of settings has changed and is not taken; the last good one stays');
}

/** What a system error at the start means to who set the ports. */
function startFailure(error: unknown, { http }: Config): string {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  const setting = port === http.metricsPort ? 'METRICS_PORT' : 'PORT';
  if (code === 'EADDRINUSE') return `${setting}: ${port} on ${http.host} is in use by another process`;
  if (code === 'EACCES') return `${setting}: ${port} may not be listened on by this user`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST: ${http.host} is no address of this machine`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Under npm one Ctrl-C arrives twice, from the terminal and passed on by npm, within so many ms. */
const ECHO_MS = 100;

/** The first SIGTERM or SIGINT drains, a second one ends the process at once. */
function stopOnSignals(stop: () => Promise<number>, log: Logger): void {
  let first: { readonly signal: NodeJS.Signals; readonly at: number } | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      const at = performance.now();
      if (first !== undefined) {
        if (signal === 'SIGINT' && first.signal === signal && at - first.at < ECHO_MS) return;
        process.exit(128 + constants.signals[signal]);
      }
      first = { signal, at };
      log.info({ signal }, 'stopping: what is under way is answered first');
      stop().then((code) => {
        log.info({ code }, 'stopped');
        process.exit(code);
      });
    });
  }
}
