import { toBase64url } from '../base64url.ts';
import { badUserInput } from '../errors.ts';
import { fnv1a } from '../fnv1a.ts';

const VERSION = '1';
const SHOWN_CURSOR_LENGTH = 80;
const TIME_RADIX = 2 ** 30;

/**
 * Writes and reads the cursors of one list: base64url of a version, a payload and a checksum over both and the list's
 * name, so that a damaged, invented or foreign cursor is told from one that this list gave out. No secret is mixed in,
 * because a cursor carries no right: whoever may read the list may stand anywhere in it.
 */
export class CursorScope {
  readonly #seed: number;

  /** `kind` keeps lists of different shape apart, `name` lists of one kind: a chat id, a filter. */
  constructor(kind: string, name: string) {
    this.#seed = fnv1a(`${VERSION}${kind}\n${name}\n`);
  }

  write(payload: string): string {
    return toBase64url(`${VERSION}${payload}~${checksum(payload, this.#seed)}`);
  }

  /** The payload, or null when this list did not write the cursor. */
  read(cursor: string): string | null {
    const text = Buffer.from(cursor, 'base64url').toString();
    const payload = text.slice(VERSION.length, text.lastIndexOf('~'));
    // Writing it again checks version, checksum and spelling (base64url decoders overlook stray characters) at once.
    return this.write(payload) === cursor ? payload : null;
  }
}

/** Enough to tell cursors apart. 30 bits, because V8 prints small integers several times faster than larger ones. */
export function checksum(text: string, seed?: number): string {
  return (fnv1a(text, seed) >>> 2).toString(36);
}

/** Epoch ms for a payload: in two small integers, for the same reason. */
export function writeTime(time: number): string {
  const high = Math.floor(time / TIME_RADIX);
  return `${high.toString(36)}_${(time - high * TIME_RADIX).toString(36)}`;
}

/** NaN for what `writeTime` did not write. */
export function readTime(text: string): number {
  const [high = '', low = ''] = text.split('_');
  return Number.parseInt(high, 36) * TIME_RADIX + Number.parseInt(low, 36);
}

/** `BAD_USER_INPUT` for a cursor that its list did not write. */
export function foreignCursor(argument: 'after' | 'before', cursor: string): Error {
  const shown = cursor.length > SHOWN_CURSOR_LENGTH ? `${cursor.slice(0, SHOWN_CURSOR_LENGTH)}...` : cursor;
  return badUserInput(
    `Expected "${argument}" to be a cursor that this list gave out (another chat or filter is another list), found ${JSON.stringify(shown)}.`,
  );
}
