import { setTimeout as sleep } from 'node:timers/promises';
import { newDocument, requestOf, type SoakRequest } from './operations.ts';

const CLIENTS = 12;
/** Between an answer and the next request of a client, ms: the soak is to last, not to saturate. */
const THINK_MS = 10;
/** Addresses that requests seem to come from, each with a rate limit of its own. */
const CALLERS = 200;

export interface Load {
  readonly requests: number;
  /** Answers by the codes in them, or by what came in the place of an answer. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Runs something while no request is under way. */
  quietly<T>(run: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Clients that send every kind of request, one after the other, until they are stopped. */
export function startLoad(url: string): Load {
  const outcomes = new Map<string, number>();
  let [turn, stopped] = [0, false];
  let gate = Promise.resolve();
  const underWay = new Set<Promise<void>>();

  async function send(request: number): Promise<void> {
    const outcome = await post(url, requestOf(request), request % CALLERS);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }

  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!stopped) {
      await gate;
      const sent = send(turn++);
      underWay.add(sent);
      await sent;
      underWay.delete(sent);
      await sleep(THINK_MS);
    }
  });

  return {
    get requests() {
      return turn;
    },
    outcomes,
    async quietly(run) {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      // A client that has just passed the gate is under way in the next turn.
      do await Promise.all([...underWay, sleep(1)]);
      while (underWay.size > 0);
      try {
        return await run();
      } finally {
        open();
      }
    },
    async stop() {
      stopped = true;
      await Promise.all(clients);
    },
  };
}

/** Fills what the gateway remembers of documents, so that a soak does not take the filling for a leak. */
export async function fillDocumentCache(url: string, documents: number): Promise<void> {
  let turn = 0;
  const clients = Array.from({ length: CLIENTS }, async () => {
    // Numbers that the load itself does not come to.
    while (turn < documents) await post(url, newDocument(1_000_000 + turn++), turn % CALLERS);
  });
  await Promise.all(clients);
}

/** Resolves to the codes of the answer, or to what came in its place. */
async function post(url: string, { body, leavesAfter }: SoakRequest, caller: number): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${caller}` },
      body,
      signal: leavesAfter === undefined ? null : AbortSignal.timeout(leavesAfter),
    });
    return outcomeOf(response.status, await response.text());
  } catch (error) {
    return error instanceof DOMException ? 'client left' : `no answer: ${String(error)}`;
  }
}

function outcomeOf(status: number, body: string): string {
  try {
    const { errors = [] }: { errors?: { extensions: { code: string } }[] } = JSON.parse(body);
    return [...new Set(errors.map(({ extensions }) => extensions.code))].sort().join(' ') || 'ok';
  } catch {
    return `no JSON, ${status}`;
  }
}
