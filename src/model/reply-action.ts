import type { WireReplyAction } from '../texter/wire.ts';
import { fromEpochSeconds } from './time.ts';

/** `expirationTime` is a duration in seconds from `created`; null when either is missing, or the end is past all dates. */
export function replyActionExpiry({ created, expirationTime }: WireReplyAction): Date | null {
  if (created == null || expirationTime == null) return null;
  const end = fromEpochSeconds(created + expirationTime);
  return end === null || Number.isNaN(end.getTime()) ? null : end;
}

/** The status to be set; older actions spell it `status`. */
export function replyActionStatus({ chatStatus, status }: WireReplyAction): number | null {
  return chatStatus ?? status ?? null;
}
