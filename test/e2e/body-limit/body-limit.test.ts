import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { startGatewayProcess } from '../../support/process.ts';

/** Posts chunks as they are, without a length. */
function postChunks(url: string, chunks: readonly string[]): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const req = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    req.on('error', reject);
    req.on('response', async (res) => resolve({ status: res.statusCode ?? 0, body: await text(res) }));
    for (const chunk of chunks) req.write(chunk);
    req.end();
  });
}

it('counts the bytes of a body as they arrive, chunked or not', async () => {
  await using gateway = await startGatewayProcess({ MAX_BODY_BYTES: '2000' });
  // Two bytes a letter: a limit that counted characters would let twice as much in.
  const fits = `{"query":"{ __typename } #${'é'.repeat(900)}"}`;
  const tooLarge = `{"query":"{ __typename } #${'é'.repeat(1000)}"}`;
  for (const [body, status] of [
    [fits, 200],
    [tooLarge, 413],
  ] as const) {
    const whole = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(whole.status).toBe(status);
    const chunked = await postChunks(gateway.url, body.match(/.{1,100}/gs) ?? []);
    expect(chunked.status).toBe(status);
    if (status === 413)
      expect(JSON.parse(chunked.body).errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT' });
  }
});
