// Texter writes instants in three units (documentation page "The Chat object"): epoch milliseconds, epoch
// seconds and ISO 8601 text. Each has one function here, so that a field's unit is read off the function
// that its mapping calls.

/** From epoch milliseconds (`...Timestamp`, `..._timestamp`). */
export function fromEpochMs(value: number | null | undefined): Date | null {
  return value == null ? null : new Date(value);
}

/** From epoch seconds (`...UpdateTime`, `...MessageTime`, `replyAction.created`). */
export function fromEpochSeconds(value: number | null | undefined): Date | null {
  return value == null ? null : new Date(value * 1000);
}

/** From ISO 8601 text (`created`, `updatedAt`, `unsubscribed.date`). */
export function fromIso(value: string | null | undefined): Date | null {
  return value == null ? null : new Date(value);
}

/** From the bounds of Get Messages, where Texter writes `false` for a chat without messages. */
export function fromBound(value: number | false | null | undefined): Date | null {
  return value === false ? null : fromEpochMs(value);
}
