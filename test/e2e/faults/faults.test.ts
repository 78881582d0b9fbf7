import { expect, test } from 'vitest';
import { LANDMARKS } from '../../../src/sandbox/landmarks.ts';
import { startGatewayProcess } from '../../support/process.ts';
import { query } from '../support/gateway-over-sandbox.ts';

const TITLE = `{ chat(chatId: "${LANDMARKS.fullChat}") { title } chats(first: 1) { totalCount } }`;

test('the faults of the embedded sandbox can be had by a setting, to try out what a frontend makes of them', async () => {
  await using gateway = await startGatewayProcess({
    SANDBOX_FAULTS: 'endpoint=chat,status=500,times=1;endpoint=search,after=1,body=html',
  });
  expect(await query(gateway.url, TITLE)).toMatchObject({
    data: { chat: null, chats: { totalCount: expect.any(Number) } },
    errors: [{ path: ['chat'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
  });
  expect(await query(gateway.url, TITLE)).toMatchObject({
    data: { chat: { title: expect.any(String) }, chats: null },
    errors: [{ path: ['chats'], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } }],
  });
});
