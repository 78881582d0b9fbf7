/**
 * Tells that a caller has left: an AbortSignal, or anything lighter with these members. An AbortSignal costs 5 µs to
 * make and listen to, and each GraphQL request has one.
 */
export interface LeaveSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  /** May be called while the listeners are being told. */
  removeEventListener(type: 'abort', listener: () => void): void;
}
