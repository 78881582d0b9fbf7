// Texter writes instants in three units (documentation page "The Chat object"): epoch milliseconds, epoch
// seconds and ISO 8601 text. Each has one function here, so that a field's unit is read off the function
// that its mapping calls.

/** A date and time without an offset, which `Date` would read in the zone of this machine. */
const LOCAL_TIME = /T[\d:.]+$/;

/** From epoch milliseconds (`...Timestamp`, `..._timestamp`). */
export function fromEpochMs(value: number | null | undefined): Date | null {
  return value == null ? null : new Date(value);
}

/** From epoch seconds (`...UpdateTime`, `...MessageTime`, `replyAction.created`). */
export function fromEpochSeconds(value: number | null | undefined): Date | null {
  return value == null ? null : new Date(value * 1000);
}

/** From ISO 8601 text (`created`, `updatedAt`, `unsubscribed.date`); UTC where it names no offset. */
export function fromIso(value: string | null | undefined): Date | null {
  if (value == null) return null;
  return new Date(LOCAL_TIME.test(value) ? `${value}Z` : value);
}

/** From the bounds of Get Messages, where Texter writes `false` for a chat without messages. */
export function fromBound(value: number | false | null | undefined): Date | null {
  return value === false ? null : fromEpochMs(value);
}
