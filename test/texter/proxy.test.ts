import { EnvHttpProxyAgent } from 'undici';
import { expect, test } from 'vitest';
import { CHAT_ID, failure, openClient, options, TOKEN } from './support/client.ts';
import { startRawUpstream } from './support/upstream.ts';

test('through a proxy the token stays inside the tunnel', async () => {
  const heard: string[] = [];
  await using proxy = await startRawUpstream((socket) => {
    socket.once('data', (data) => {
      heard.push(data.toString('latin1'));
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    });
  });
  const dispatcher = new EnvHttpProxyAgent({ httpsProxy: `http://127.0.0.1:${proxy.port}`, noProxy: '' });
  await using client = openClient('https://project.texterchat.com/server/api/v2', { dispatcher });
  expect(await failure(client.getChat(CHAT_ID, options))).toMatchObject({ kind: 'unavailable', sent: false });
  expect(heard[0]).toMatch(/^CONNECT project\.texterchat\.com:443 HTTP\/1\.1\r\n/);
  expect(heard.join('')).not.toContain(TOKEN);
});
