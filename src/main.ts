import cluster from 'node:cluster';
import { setFlagsFromString } from 'node:v8';
import { runPrimary } from './cluster/primary.ts';
import { runWorker } from './cluster/worker.ts';
import type { FileReport } from './config/live.ts';
import { type Config, EXIT_BAD_CONFIG, loadConfig } from './config.ts';
import { createLogger } from './log.ts';
import { serve } from './serve.ts';
import { startFailure } from './start-failure.ts';
import { stopOnSignals } from './stop-on-signals.ts';

// V8 sees at the start that some kinds of objects live long, and puts all their likes into the old generation from then on,
// where what hangs on them waits for a full collection: that was a seventh of an inbox's CPU time.
setFlagsFromString('--no-allocation-site-pretenuring');
// By default the old generation may grow to several times what is alive in it, which was most of the process's memory.
setFlagsFromString('--heap-growing-percent=60');

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

if (cluster.isWorker) {
  await runWorker(config, log);
} else {
  const served = config.http.workers > 1 ? runPrimary(config, log) : serve(config, log);
  stopOnSignals(async () => (await served).stop(), log);
  const { url, metricsUrl } = await served.catch((error: unknown) => {
    console.error(startFailure(error, config));
    process.exit(1);
  });
  log.info({ url, metricsUrl, upstream: config.upstream.kind }, `${url} serves ${describeUpstream(config)}`);
  for (const warning of warnings) log.warn(warning);
}

function describeUpstream({ upstream }: Config): string {
  return upstream.kind === 'sandbox' ? 'the sandbox: made-up chats, no real project' : upstream.baseUrl;
}

function logFileChange({ setting, fault, withdrawn }: FileReport): void {
  if (fault === undefined) log.info({ setting }, 'a file of settings has changed and is in use');
  else if (withdrawn) log.error({ setting, fault }, 'a file of settings is gone; what it held is out of use');
  else
    log.error({ setting, fault }, 'a file of settings has changed and is not taken; the last good one stays');
}
