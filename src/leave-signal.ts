/**
 * Tells that a caller has left, and that what is done for it is not wanted any more: an AbortSignal, or anything lighter with
 * these members. Each GraphQL request has one, and an AbortSignal with its listeners was a tenth of a small one.
 */
export interface LeaveSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  /** May be called while the listeners are being told. */
  removeEventListener(type: 'abort', listener: () => void): void;
}
