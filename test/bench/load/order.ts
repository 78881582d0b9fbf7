import type { Operation } from '../operation.ts';

export interface LoadOrder {
  readonly url: string;
  readonly operation: Operation;
  readonly connections: number;
  /** How many to send, over all connections. */
  readonly requests: number;
}

export interface LoadReport {
  /** Ms. */
  readonly p50: number;
  readonly p99: number;
  /** The first answer that was no success, if there was one. */
  readonly fault: string | undefined;
}
