import type { Worker } from 'node:cluster';
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';

/** What one process contributes to the metrics of all. */
export type MetricsPart = MetricObjectWithValues<MetricValue<string>>[];

/** A worker that does not give its part by then is left out of one sum, ms. */
const PART_TIMEOUT_MS = 2000;

/**
 * Sums the metrics of the workers that serve. Not prom-client's own collection: that asks every process there is, and
 * fails whole for one that is only starting, or stuck.
 */
export class MetricsSum {
  readonly #waiting = new Map<number, (part: MetricsPart) => void>();
  #lastId = 0;

  /** The Prometheus text over those that answered in time. `ask` has a worker send its part under the id. */
  async text(workers: Iterable<Worker>, ask: (worker: Worker, id: number) => void): Promise<string> {
    const parts = await Promise.all(Array.from(workers, (worker) => this.#partOf(worker, ask)));
    return AggregatorRegistry.aggregate(parts.filter((part) => part !== null)).metrics();
  }

  /** Takes in a part that was asked for. */
  arrived(id: number, part: MetricsPart): void {
    this.#waiting.get(id)?.(part);
  }

  #partOf(worker: Worker, ask: (worker: Worker, id: number) => void): Promise<MetricsPart | null> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const done = (part: MetricsPart | null) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(part);
      };
      const timer = setTimeout(done, PART_TIMEOUT_MS, null);
      this.#waiting.set(id, done);
      ask(worker, id);
    });
  }
}
