// The load: a process of its own that keeps so many connections busy with one operation and times the answers.
import { Client, type Dispatcher } from 'undici';
import { API_KEY } from '../api-key.ts';
import { bodyOf } from '../operation.ts';
import type { LoadOrder, LoadReport } from './order.ts';

/** Counts up over all runs, so that no request repeats the variables of an earlier one. */
let nth = 0;

async function run({ url, operation, connections, requests }: LoadOrder): Promise<LoadReport> {
  const { origin, pathname } = new URL(url);
  const last = nth + requests;
  const latencies: number[] = [];
  let fault: string | undefined;

  async function keepBusy(connection: number): Promise<void> {
    const client = new Client(origin, { pipelining: 1 });
    while (nth < last) {
      nth += 1;
      const body = bodyOf(operation, nth, connection);
      const sentAt = performance.now();
      const answer = await send(client, pathname, body);
      latencies.push(performance.now() - sentAt);
      if (!isSuccess(answer)) fault ??= `${answer.status} ${answer.body}`;
    }
    await client.close();
  }

  await Promise.all(Array.from({ length: connections }, (_, connection) => keepBusy(connection)));
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.floor(share * (latencies.length - 1))] ?? Number.NaN;
  return { p50: percentile(0.5), p99: percentile(0.99), fault };
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json',
  authorization: `Bearer ${API_KEY}`,
};

/** `dispatch`, because this process shares its CPU with the upstream and must not be what is waited for. */
function send(client: Client, path: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        resolve({ status, body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) });
      },
      onResponseError: (_controller, error) => reject(error),
    };
    client.dispatch({ path, method: 'POST', headers: HEADERS, body }, handler);
  });
}

function isSuccess({ status, body }: Answer): boolean {
  return status === 200 && !body.includes('"errors":[');
}

process.on('message', async (order: LoadOrder) => process.send?.(await run(order)));
process.on('disconnect', () => process.exit());
