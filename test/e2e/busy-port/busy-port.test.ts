import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { GatewayProcess } from '../../support/process.ts';

it.each(['PORT', 'METRICS_PORT'])('says that %s is in use, and ends', async (setting) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  try {
    const gateway = new GatewayProcess({ [setting]: port });
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(gateway.stderr).toEqual([`${setting}: ${port} on 127.0.0.1 is in use by another process`]);
    expect(gateway.stdout).toEqual([]);
  } finally {
    other.close();
  }
});

it('says that HOST is no address of this machine', async () => {
  const gateway = new GatewayProcess({ HOST: '203.0.113.7' });
  expect(await gateway.exited).toEqual({ code: 1, signal: null });
  expect(gateway.stderr).toEqual(['HOST: 203.0.113.7 is no address of this machine']);
});
