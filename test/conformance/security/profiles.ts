import { createHash } from 'node:crypto';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

export const READ_KEY = 'a-reading-key';
export const WRITE_KEY = 'a-writing-key';

const hash = (key: string) => createHash('sha256').update(key).digest('hex');

/** The settings of a gateway before a real project, which decide its defaults; what it calls is a sandbox. */
const REAL_UPSTREAM = { TEXTER_BASE_URL: 'https://acme.test/server/api/v2', TEXTER_API_TOKEN: 'planted' };

/** With a real upstream's defaults and API keys. */
export function startLocked(env: Record<string, string> = {}): Promise<TestGateway> {
  return startGateway({
    env: {
      ...REAL_UPSTREAM,
      AUTH_MODE: 'api-key',
      API_KEYS: `reader:read:${hash(READ_KEY)},writer:write:${hash(WRITE_KEY)}`,
      ...env,
    },
  });
}

/** With a real upstream's defaults, and nobody who could be authenticated. */
export function startUnauthenticated(): Promise<TestGateway> {
  return startGateway({ env: { ...REAL_UPSTREAM, AUTH_MODE: 'none' } });
}

/** As `npm start` without settings. */
export function startOpen(env: Record<string, string> = {}): Promise<TestGateway> {
  return startGateway({ env });
}
