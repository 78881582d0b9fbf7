import { expect, it } from 'vitest';
import { GatewayProcess, startGatewayProcess } from '../../support/process.ts';

it('ends a start with bad settings by exit code 78 and one line for each fault', async () => {
  const gateway = new GatewayProcess({
    PORT: 'many',
    TEXTER_PROJECT_ID: 'acme',
    TEXTER_API_TOKEN: 'planted secret',
    TEXTER_TOKEN: 'planted too',
    MAX_PAGE_SIZE: '0',
  });
  expect(await gateway.exited).toEqual({ code: 78, signal: null });
  expect(gateway.stdout).toEqual([]);
  expect(gateway.stderr).toEqual([
    'PORT: expected an integer from 0 to 65535, found "many"',
    'TEXTER_API_TOKEN: expected a token (visible ASCII characters), found set',
    'MAX_PAGE_SIZE: expected an integer from 1 to 100, found "0"',
    'AUTH_MODE: expected none, api-key, jwt or passthrough (a real upstream has no default), found nothing',
    'TEXTER_TOKEN: is no setting and has no effect; did you mean TEXTER_API_TOKEN?',
  ]);
});

it('warns of what is probably not meant, after the line that people look for', async () => {
  await using gateway = await startGatewayProcess({ MAX_PAGESIZE: '5', SHUTDOWN_GRACE_MS: '10000' });
  await gateway.logged({ msg: 'MAX_PAGESIZE: is no setting and has no effect; did you mean MAX_PAGE_SIZE?' });
  const [first, ...rest] = gateway.log;
  expect(first?.msg).toBe(`${gateway.url} serves the sandbox: made-up chats, no real project`);
  expect(rest.map(({ level }) => level)).toContain('warn');
});

it('names the real project it serves', async () => {
  await using gateway = await startGatewayProcess({
    TEXTER_BASE_URL: 'http://127.0.0.1:9/server/api/v2',
    AUTH_MODE: 'passthrough',
  });
  expect(gateway.log[0]?.msg).toBe(`${gateway.url} serves http://127.0.0.1:9/server/api/v2`);
});
