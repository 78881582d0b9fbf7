import { SANDBOX_TOKEN, startSandbox } from './sandbox.ts';
import { parseSandboxSettings } from './settings.ts';

// The sandbox alone: `npm run sandbox`. The one place of the sandbox that reads the environment.

/** EX_CONFIG of sysexits.h, as the gateway ends with. */
const BAD_CONFIG = 78;

const settings = parseSandboxSettings(process.env);
if ('faults' in settings) {
  for (const { variable, expected, found } of settings.faults)
    console.error(`${variable}: expected ${expected}, found ${JSON.stringify(found)}`);
  process.exit(BAD_CONFIG);
}

const sandbox = await startSandbox({ ...settings.options, port: settings.port });
console.log(`Sandbox of the Texter REST API: ${sandbox.url} (Authorization: Bearer ${SANDBOX_TOKEN})`);

const stop = () => {
  // A second signal finds no handler and ends the process at once.
  process.off('SIGTERM', stop).off('SIGINT', stop);
  void sandbox.close();
};
process.on('SIGTERM', stop).on('SIGINT', stop);
