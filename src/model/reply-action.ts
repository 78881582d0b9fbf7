import type { WireReplyAction } from '../texter/wire.ts';
import { fromEpochSeconds } from './time.ts';

/** The last ms of the year 9999: RFC 3339 writes nothing later. */
const END_OF_TIME = 253_402_300_799_999;

/** `expirationTime` is a duration in seconds from `created`; null when either is missing, or the end is past all dates. */
export function replyActionExpiry({ created, expirationTime }: WireReplyAction): Date | null {
  if (created == null || expirationTime == null) return null;
  const end = fromEpochSeconds(created + expirationTime);
  return end !== null && Math.abs(end.getTime()) <= END_OF_TIME ? end : null;
}

/** The status to be set; older actions spell it `status`. */
export function replyActionStatus({ chatStatus, status }: WireReplyAction): number | null {
  return chatStatus ?? status ?? null;
}
