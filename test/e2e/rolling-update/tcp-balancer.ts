import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often each gateway is asked whether it is ready, ms. */
const CHECK_MS = 50;

export interface TcpBalancer extends AsyncDisposable {
  readonly url: string;
  /** Begins to watch a gateway; resolves when it gets its share of the connections. */
  add(gatewayUrl: string): Promise<void>;
}

/** A balancer as simple as they come: new connections go, in turn, to gateways whose /ready says 200. */
export async function startTcpBalancer(): Promise<TcpBalancer> {
  const ready = new Set<string>();
  const sockets = new Set<Socket>();
  const closing = new AbortController();
  let turn = 0;

  const server = createServer((client) => {
    const gateways = [...ready];
    const next = gateways[turn++ % gateways.length];
    if (next === undefined) {
      client.destroy();
      return;
    }
    const { hostname, port } = new URL(next);
    const gateway = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, gateway],
      [gateway, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  async function check(gatewayUrl: string): Promise<void> {
    const answer = await fetch(new URL('/ready', gatewayUrl)).catch(() => undefined);
    if (answer?.status === 200) ready.add(gatewayUrl);
    else ready.delete(gatewayUrl);
  }

  async function follow(gatewayUrl: string): Promise<void> {
    while (!closing.signal.aborted) {
      await sleep(CHECK_MS);
      await check(gatewayUrl);
    }
  }

  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async add(gatewayUrl) {
      await check(gatewayUrl);
      void follow(gatewayUrl);
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
