import type { RateLimitPause } from '../texter/rate-limit-pauses.ts';
import type { MetricsPart } from './metrics-sum.ts';

/** What a worker tells the primary process. */
export type FromWorker =
  /** It is there, and waits to be told what the others know. */
  | { readonly gateway: 'starting' }
  /** It serves; said once. */
  | { readonly gateway: 'serving'; readonly url: string; readonly metricsUrl: string | undefined }
  /** It cannot serve and ends; `reason` is for people. */
  | { readonly gateway: 'failed'; readonly reason: string }
  /** Texter answered it 429. */
  | { readonly gateway: 'paused'; readonly pause: RateLimitPause }
  /** Somebody asks it for the metrics of all. */
  | { readonly gateway: 'metrics-wanted'; readonly id: number }
  /** Its own metrics, as it was asked for. */
  | { readonly gateway: 'metrics-part'; readonly id: number; readonly part: MetricsPart };

/** What the primary process tells a worker. */
export type ToWorker =
  /** The answer to `starting`: the pauses that the others keep. */
  | { readonly gateway: 'start'; readonly pauses: readonly RateLimitPause[] }
  | { readonly gateway: 'stop' }
  | { readonly gateway: 'pause'; readonly pause: RateLimitPause }
  | { readonly gateway: 'part-wanted'; readonly id: number }
  | { readonly gateway: 'metrics'; readonly id: number; readonly text: string };

/** Libraries use the same channel; theirs carry other members. */
export function isOurs<T extends FromWorker | ToWorker>(message: T | object): message is T {
  return 'gateway' in message;
}
