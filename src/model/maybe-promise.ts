import { isPromise } from 'node:util/types';

/** A value that is at hand, or on its way. Lists stay synchronous, and so cheap, while nothing has to be awaited. */
export type MaybePromise<T> = T | Promise<T>;

/** `then` for either: applies at once to a value that is at hand. */
export function mapMaybe<T, U>(value: MaybePromise<T>, map: (value: T) => U): MaybePromise<U> {
  return isPromise(value) ? value.then(map) : map(value as T);
}
