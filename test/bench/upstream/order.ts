/** What the fake upstream says when it listens. */
export interface UpstreamStarted {
  /** Its base URL. */
  readonly url: string;
}

/** What can be asked of it beside REST; the answer is its state. */
export interface UpstreamOrder {
  /** From now on each answer waits that long. */
  readonly latencyMs?: number;
}

export interface UpstreamState {
  /** REST calls that have come so far. */
  readonly calls: number;
}
