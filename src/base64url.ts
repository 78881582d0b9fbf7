/** Larger than any id or cursor of real data. */
const SCRATCH = Buffer.allocUnsafeSlow(1024);
/** UTF-8 takes up to so many bytes for a UTF-16 code unit. */
const MAX_BYTES_PER_UNIT = 3;

/** A text's UTF-8 as base64url, of which a page of messages needs a hundred: through one buffer, without making one for each. */
export function toBase64url(text: string): string {
  if (text.length * MAX_BYTES_PER_UNIT > SCRATCH.length) return Buffer.from(text).toString('base64url');
  return SCRATCH.toString('base64url', 0, SCRATCH.write(text));
}
