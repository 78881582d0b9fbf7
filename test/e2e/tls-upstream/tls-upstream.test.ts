import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { startGatewayProcess } from '../../support/process.ts';
import { query } from '../support/gateway-over-sandbox.ts';

// Made with openssl for these tests, for a hundred years: an authority, a key of the server's, and two certificates for it.
const file = (name: string) => new URL(`certificates/${name}`, import.meta.url);
const certified = (name: string) => ({
  key: readFileSync(file('server.key')),
  cert: readFileSync(file(name)),
});

/** An upstream as Texter is one: over TLS, with every chat titled after itself. */
async function startTlsUpstream(certificate: string) {
  const [resumed, asked]: [boolean[], string[]] = [[], []];
  const server = createServer(certified(certificate), ({ url = '' }, response) => {
    const title = url.slice(url.lastIndexOf('/') + 1);
    asked.push(title);
    response.end(JSON.stringify({ title }));
  });
  server.on('secureConnection', (socket: TLSSocket) => resumed.push(socket.isSessionReused()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    url: `https://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/server/api/v2`,
    /** Of each connection, whether it took up an earlier one's session. */
    resumed,
    /** The chats that it was asked for. */
    asked,
    present: (name: string) => server.setSecureContext(certified(name)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const overTls = (TEXTER_BASE_URL: string, UPSTREAM_CONCURRENCY: string) => ({
  TEXTER_BASE_URL,
  TEXTER_API_TOKEN: 'of-the-tests',
  AUTH_MODE: 'none',
  UPSTREAM_CONCURRENCY,
  NODE_EXTRA_CA_CERTS: file('ca.pem').pathname,
});
const TWO = '{ one: chat(chatId: "a2") { title } other: chat(chatId: "a3") { title } }';

test('connections to Texter share their TLS sessions', async () => {
  await using upstream = await startTlsUpstream('of-loopback.pem');
  await using gateway = await startGatewayProcess(overTls(upstream.url, '2'));
  await query(gateway.url, '{ chat(chatId: "a1") { title } }');
  expect((await query(gateway.url, TWO)).data).toEqual({ one: { title: 'a2' }, other: { title: 'a3' } });
  expect(upstream.resumed).toEqual([false, true]);
});

test('an upstream that shows the certificate of another host is asked nothing, and all it is asked when it shows its own', async () => {
  await using upstream = await startTlsUpstream('of-another-host.pem');
  await using gateway = await startGatewayProcess(overTls(upstream.url, '1'));
  for (let time = 0; time < 2; time += 1) {
    const { data, errors } = await query(gateway.url, TWO);
    expect(data).toEqual({ one: null, other: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([
      'UPSTREAM_UNAVAILABLE',
      'UPSTREAM_UNAVAILABLE',
    ]);
  }
  expect(upstream.asked).toEqual([]);
  upstream.present('of-loopback.pem');
  expect((await query(gateway.url, TWO)).data).toEqual({ one: { title: 'a2' }, other: { title: 'a3' } });
});
