import { toBase64url } from '../base64url.ts';

// Global ids are base64url text of `Type:part:part`. They are opaque to clients, but hold all that is needed to
// read the object again: Texter has no read of a message by its id, so a Message id carries chat and time too.

export const SEPARATOR = ':';

/** A decoded global id: the type's name and the parts that its own codec understands. */
export interface GlobalId {
  readonly typename: string;
  readonly parts: readonly string[];
}

export function encodeGlobalId(typename: string, id: string): string {
  return toBase64url(typename + SEPARATOR + id);
}

/** Null when the text is no id of ours: an id is accepted only in the one form that we write. */
export function decodeGlobalId(id: string): GlobalId | null {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  if (toBase64url(text) !== id) return null;
  const [typename, ...parts] = text.split(SEPARATOR);
  return typename ? { typename, parts } : null;
}
