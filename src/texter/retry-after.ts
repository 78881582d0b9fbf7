/** What is waited after a 429 that names no time. Not documented by Texter; a guess that a probe ends. */
export const UNNAMED_PAUSE_MS = 1000;

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3): seconds, or an HTTP date in any of its three forms.
 * Returns ms from `now` (epoch ms), 0 for a date that has passed; undefined for anything else.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse alone takes nearly anything for a date; all three forms begin with the day's name.
  if (!/^[A-Z][a-z]+,? /.test(text)) return undefined;
  // The oldest form has no zone, and means GMT.
  const date = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
