import { once } from 'node:events';
import { behaviourSchema, type SandboxBehaviour } from './behaviour.ts';
import { generateInbox } from './data/inbox.ts';
import { type ChatEntry, ChatStore } from './data/store.ts';
import { type Fault, FaultPlan } from './http/fault.ts';
import { RequestLog, type RequestRecord } from './http/request-log.ts';
import { createRestServer } from './http/server.ts';
import { Random } from './random.ts';
import { type Account, respond } from './rest/api.ts';
import { BASE_PATH, REQUIRED_SCOPE, type Scope } from './rest/endpoint.ts';

/** The token that opens a sandbox that was given no others. */
export const SANDBOX_TOKEN = 'sandbox-token';

export interface SandboxOptions {
  /** 0, the default, is any free port of the loopback interface. */
  readonly port?: number;
  /** Seed of the generated data and of everything random; 1 by default. */
  readonly seed?: number;
  /** Epoch ms that the generated data is relative to, the start by default. Same seed and now: same bytes. */
  readonly now?: number;
  /** Every answer waits this long; 0 by default. */
  readonly latencyMs?: number;
  readonly behaviour?: Partial<SandboxBehaviour>;
  readonly faults?: readonly Fault[];
  /** The chats to serve in place of the generated ones. */
  readonly dataset?: readonly ChatEntry[];
  /** The tokens that open it, `sandbox-token` with every scope by default. */
  readonly tokens?: Readonly<Record<string, TokenOptions>>;
}

export interface TokenOptions {
  /** Every scope by default. */
  readonly scopes?: readonly Scope[];
  /** Chats that this token alone sees; by default those of the sandbox. */
  readonly dataset?: readonly ChatEntry[];
}

/** A running sandbox. Its switches work in process only; nothing of this can be reached over the network. */
export interface Sandbox extends AsyncDisposable {
  /** Base URL of the REST API, without a slash at the end. */
  readonly url: string;
  /** The chats of every token that has none of its own. */
  readonly store: ChatStore;
  /** The latest 5000 requests since the start or the last reset, in order of arrival. */
  readonly requests: readonly RequestRecord[];
  /** Requests under way now, and the most there ever were. */
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** The chats that a token sees. */
  storeOf(token: string): ChatStore;
  /** Resolves when this many requests have come since the start or the last reset. */
  received(count: number): Promise<void>;
  /** Holds back answers, all or some, until the returned function is called. What they say has been read by then. */
  hold(applies?: (request: RequestRecord) => boolean): () => void;
  /** Switches that are not named go to their default. */
  setBehaviour(behaviour: Partial<SandboxBehaviour>): void;
  /** In place of the rules so far; counts and times start anew. */
  setFaults(faults: readonly Fault[]): void;
  /** Stops listening and breaks every connection: connections are refused until `comeUp`. */
  goDown(): Promise<void>;
  /** Listens again on the same port. */
  comeUp(): Promise<void>;
  /** Back to the chats, switches and empty log of the start. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a Texter REST API v2 on the loopback interface. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = 1, now = Date.now(), tokens = { [SANDBOX_TOKEN]: {} } } = options;
  const log = new RequestLog();
  const clock = changeClock(now);
  const store = new ChatStore(options.dataset ?? generateInbox(seed, now), clock);
  const accounts = new Map<string, Account>();
  for (const [token, { scopes = Object.values(REQUIRED_SCOPE), dataset }] of Object.entries(tokens))
    accounts.set(token, { scopes, store: dataset ? new ChatStore(dataset, clock) : store });

  const initialSwitches = () => ({
    random: new Random(seed, 'behaviour'),
    behaviour: behaviourSchema.parse(options.behaviour ?? {}),
    faults: new FaultPlan(options.faults ?? [], new Random(seed, 'faults')),
  });
  let switches = initialSwitches();
  const holds = new Set<{ applies: (request: RequestRecord) => boolean; until: Promise<void> }>();

  const server = createRestServer({
    log,
    latencyMs: options.latencyMs ?? 0,
    behaviour: () => switches.behaviour,
    faults: () => switches.faults,
    // A hold that begins later lets pass what was already there.
    gate: async (request) => {
      for (const { applies, until } of [...holds]) if (applies(request)) await until;
    },
    respond: (request) => respond({ accounts, ...switches }, request),
  });
  const listen = async (port: number): Promise<number> => {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  };
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const port = await listen(options.port ?? 0);

  return {
    url: `http://127.0.0.1:${port}${BASE_PATH}`,
    store,
    get requests() {
      return log.records;
    },
    get inFlight() {
      return log.inFlight;
    },
    get maxInFlight() {
      return log.maxInFlight;
    },
    storeOf(token) {
      const account = accounts.get(token);
      if (!account) throw new RangeError('the sandbox does not know this token');
      return account.store;
    },
    received: (count) => log.received(count),
    hold(applies = () => true) {
      let release = () => {};
      const held = { applies, until: new Promise<void>((resolve) => (release = resolve)) };
      holds.add(held);
      return () => {
        holds.delete(held);
        release();
      };
    },
    setBehaviour(behaviour) {
      switches = { ...switches, behaviour: behaviourSchema.parse(behaviour) };
    },
    setFaults(faults) {
      switches = { ...switches, faults: new FaultPlan(faults, new Random(seed, 'faults')) };
    },
    goDown: stop,
    async comeUp() {
      if (!server.listening) await listen(port);
    },
    reset() {
      for (const account of accounts.values()) account.store.reset();
      store.reset();
      switches = initialSwitches();
      log.reset();
    },
    close: stop,
    [Symbol.asyncDispose]: stop,
  };
}

/**
 * Times of changes: each later than the one before, so that every write moves `updatedAt`, and counted from `now`
 * instead of read from the clock, so that the same requests give the same answers.
 */
function changeClock(now: number): () => number {
  let time = now;
  return () => {
    time += 1;
    return time;
  };
}
