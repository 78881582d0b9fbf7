import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { BreakerState } from './texter/breaker.ts';
import type { WireStatus } from './texter/call.ts';
import type { Endpoint } from './texter/errors.ts';
import { atEndOfTurn } from './turn.ts';

export type Outcome = 'ok' | 'partial' | 'failed' | 'refused';

/** What the gateway counts. Every label has a bounded set of values, whatever clients send. */
export interface Metrics {
  /** Holds every metric of one gateway; the process's own are added to it by main.ts. */
  readonly registry: Registry;
  /** Prometheus' text format; of all processes where several share the port. */
  text(): Promise<string>;
  /** `name` of operations that passed validation only, or undefined; the first 50 names count apart. */
  operation(name: string | undefined, outcome: Outcome, seconds: number): void;
  /** The REST client's own counts, read when somebody asks for the metrics. */
  watch(client: { readonly inFlight: number; readonly queued: number }): void;
  upstreamRequest(endpoint: Endpoint, status: WireStatus): void;
  breaker(endpoint: Endpoint, state: BreakerState): void;
  retry(endpoint: Endpoint): void;
  /** A read answered by the revision cache, or by a call that was already under way. */
  reused(by: 'revision' | 'joined'): void;
  /** An enum value that the schema does not know; `name` is the schema's enum. */
  unknownEnumValue(name: string): void;
}

const PREFIX = 'texter_gateway_';
const MAX_OPERATION_NAMES = 50;
const ENDPOINTS: readonly Endpoint[] = ['chat', 'search', 'messages', 'crm'];
const BREAKER_STATES: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const operations = new Counter({
    name: `${PREFIX}operations_total`,
    help: 'GraphQL operations by name and outcome',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: `${PREFIX}operation_duration_seconds`,
    help: 'Time from the request to the answer of a GraphQL operation',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30],
    registers,
  });
  const upstreamRequests = new Counter({
    name: `${PREFIX}upstream_requests_total`,
    help: 'REST calls sent to Texter, by endpoint and HTTP status (or timeout, broken, aborted)',
    labelNames: ['endpoint', 'status'],
    registers,
    collect: () => {
      for (const ofEndpoint of Object.values(requests)) ofEndpoint.tell();
    },
  });
  const breakers = new Gauge({
    name: `${PREFIX}breaker_state`,
    help: 'Circuit breaker by endpoint: 0 closed, 1 half open, 2 open; the worst of all processes',
    labelNames: ['endpoint'],
    aggregator: 'max',
    registers,
  });
  // An alert on the state of a breaker needs the state from the start.
  for (const endpoint of ENDPOINTS) breakers.set({ endpoint }, BREAKER_STATES.closed);
  const retries = new Counter({
    name: `${PREFIX}retries_total`,
    help: 'REST calls sent again',
    labelNames: ['endpoint'],
    registers,
  });
  const reused = new Counter({
    name: `${PREFIX}reused_total`,
    help: 'Reads that cost no REST call: answered by the revision cache, or joined to one under way',
    labelNames: ['by'],
    registers,
    collect: () => reuses.tell(),
  });
  const unknownEnumValues = new Counter({
    name: `${PREFIX}unknown_enum_values_total`,
    help: 'Values from Texter that the schema does not know',
    labelNames: ['enum'],
    registers,
  });

  // An inbox makes, or reuses, thirty reads in one turn: prom-client, which makes a key of the labels each time, counts them
  // together.
  const reuses = new TurnCount<'revision' | 'joined'>((by, count) => reused.inc({ by }, count));
  const requests = Object.fromEntries(
    ENDPOINTS.map((endpoint) => [
      endpoint,
      new TurnCount<WireStatus>((status, count) => upstreamRequests.inc({ endpoint, status }, count)),
    ]),
  ) as Record<Endpoint, TurnCount<WireStatus>>;

  const names = new Set<string>();
  const operationLabel = (name: string | undefined): string => {
    if (name === undefined) return 'other';
    if (names.size < MAX_OPERATION_NAMES) names.add(name);
    return names.has(name) ? name : 'other';
  };

  return {
    registry,
    text: () => registry.metrics(),
    operation: (name, outcome, seconds) => {
      operations.inc({ operation: operationLabel(name), outcome });
      durations.observe(seconds);
    },
    watch: (client) => {
      new Gauge({
        name: `${PREFIX}upstream_in_flight`,
        help: 'REST calls under way',
        registers,
        collect() {
          this.set(client.inFlight);
        },
      });
      new Gauge({
        name: `${PREFIX}upstream_queued`,
        help: 'REST calls waiting for their turn',
        registers,
        collect() {
          this.set(client.queued);
        },
      });
    },
    upstreamRequest: (endpoint, status) => requests[endpoint].add(status),
    breaker: (endpoint, state) => breakers.set({ endpoint }, BREAKER_STATES[state]),
    retry: (endpoint) => retries.inc({ endpoint }),
    reused: (by) => reuses.add(by),
    unknownEnumValue: (name) => unknownEnumValues.inc({ enum: name }),
  };
}

/** Counts what is alike in a turn of the event loop, and tells at its end, or when it is asked to, how often it was. */
class TurnCount<Kind> {
  readonly #told: (kind: Kind, count: number) => void;
  readonly #counts = new Map<Kind, number>();
  #isDue = false;

  constructor(told: (kind: Kind, count: number) => void) {
    this.#told = told;
  }

  add(kind: Kind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    if (this.#isDue) return;
    this.#isDue = true;
    atEndOfTurn(() => this.tell());
  }

  tell(): void {
    this.#isDue = false;
    for (const [kind, count] of this.#counts) {
      if (count > 0) this.#told(kind, count);
      this.#counts.set(kind, 0);
    }
  }
}
