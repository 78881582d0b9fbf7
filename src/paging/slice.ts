/** What `first` or `last` leaves of a list. */
export interface Slice<T> {
  /** In the list's order. */
  readonly rows: readonly T[];
  /** Whether the list goes on in the direction of paging. */
  readonly more: boolean;
}

export function firstOf<T>(rows: readonly T[], size: number): Slice<T> {
  return { rows: rows.slice(0, size), more: rows.length > size };
}

export function lastOf<T>(rows: readonly T[], size: number): Slice<T> {
  return { rows: rows.slice(Math.max(rows.length - size, 0)), more: rows.length > size };
}
