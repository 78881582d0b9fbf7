import type { Contestant } from './contestants.ts';
import { Helper } from './helper.ts';
import type { LoadOrder, LoadReport } from './load/order.ts';
import type { MeasuredProcess } from './measured-process.ts';
import type { Operation } from './operation.ts';
import type { UpstreamOrder, UpstreamStarted, UpstreamState } from './upstream/order.ts';

/** A contestant that serves. */
export interface Running {
  readonly name: string;
  readonly url: string;
  readonly process: MeasuredProcess;
}

export interface Sample {
  /** CPU time of the server's processes for each request, in ms. */
  readonly cpuMs: number;
  /** REST calls for each request. */
  readonly calls: number;
  /** Time from a request to its answer, in ms. */
  readonly p50: number;
  readonly p99: number;
}

export type Load = Pick<LoadOrder, 'connections' | 'requests'>;

/** The fake upstream, the load, and the servers that were started between them. */
export class Arena {
  readonly #upstream = Helper.start<UpstreamOrder, UpstreamState>('upstream/server.ts');
  readonly #load = Helper.start<LoadOrder, LoadReport>('load/generator.ts');
  readonly #started: MeasuredProcess[] = [];
  #upstreamUrl: string | undefined;

  async start(contestant: Contestant): Promise<Running> {
    this.#upstreamUrl ??= (await this.#upstream.heard<UpstreamStarted>()).url;
    const started = contestant.start(this.#upstreamUrl);
    this.#started.push(started);
    return { name: contestant.name, url: await started.url(), process: started };
  }

  /** From now on the upstream waits that long before each answer. */
  async setLatency(latencyMs: number): Promise<void> {
    await this.#upstream.ask({ latencyMs });
  }

  /** Keeps a server busy. Rejects when an answer was no success. */
  async measure({ name, url, process }: Running, operation: Operation, load: Load): Promise<Sample> {
    const before = { cpuMs: process.cpuMs(), ...(await this.#upstream.ask({})) };
    const report = await this.#load.ask({ url, operation, ...load });
    if (report.fault !== undefined) throw new Error(`${name}, ${operation.operationName}: ${report.fault}`);
    const cpuMs = (process.cpuMs() - before.cpuMs) / load.requests;
    const { calls } = await this.#upstream.ask({});
    return { cpuMs, calls: (calls - before.calls) / load.requests, p50: report.p50, p99: report.p99 };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const disposable of [...this.#started, this.#load, this.#upstream]) {
      await disposable[Symbol.asyncDispose]();
    }
  }
}
