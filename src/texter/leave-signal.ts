/**
 * Tells that a caller has left. An AbortSignal does, at 5 µs for its making and a listener; so does anything lighter
 * with these three members, and an operation's signal is made for each request.
 */
export interface LeaveSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
