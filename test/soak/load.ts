import { setTimeout as sleep } from 'node:timers/promises';
import { requestOf } from './operations.ts';

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
    const { body, leavesAfter } = requestOf(request);
    const outcome = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${request % CALLERS}` },
      body,
      signal: leavesAfter === undefined ? null : AbortSignal.timeout(leavesAfter),
    }).then(outcomeOf, (error: unknown) =>
      error instanceof DOMException ? 'client left' : `no answer: ${String(error)}`,
    );
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

async function outcomeOf(response: Response): Promise<string> {
  try {
    const { errors = [] }: { errors?: { extensions: { code: string } }[] } = JSON.parse(
      await response.text(),
    );
    return [...new Set(errors.map(({ extensions }) => extensions.code))].sort().join(' ') || 'ok';
  } catch (error) {
    return error instanceof DOMException ? 'client left' : `no JSON, ${response.status}`;
  }
}
