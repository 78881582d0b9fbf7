/** One caller of AUTH_MODE=api-key. The key itself is not known here, only its hash. */
export interface ApiKey {
  readonly name: string;
  readonly access: 'read' | 'write';
  /** SHA-256 of the key, 32 bytes. */
  readonly hash: Buffer;
}

const ENTRY = /^(?<name>[A-Za-z0-9._-]{1,64}):(?<access>read|write):(?<hash>[0-9a-f]{64})$/i;

/**
 * Parses `name:read:SHA256HEX` and `name:write:SHA256HEX`, separated by commas or line breaks; a line that
 * starts with # is a comment. Undefined when an entry is malformed or two share a hash (whose caller would that
 * be?); an empty list is well-formed and lets nobody in. Two keys may share a name: that is how a key is replaced without a gap.
 */
export function parseApiKeys(text: string): readonly ApiKey[] | undefined {
  const keys: ApiKey[] = [];
  const hashes = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    if (line.trimStart().startsWith('#')) continue;
    for (const entry of line.split(',')) {
      if (entry.trim() === '') continue;
      const { name, access, hash } = ENTRY.exec(entry.trim())?.groups ?? {};
      if (name === undefined || hash === undefined || hashes.has(hash.toLowerCase())) return undefined;
      hashes.add(hash.toLowerCase());
      keys.push({
        name,
        access: access?.toLowerCase() === 'write' ? 'write' : 'read',
        hash: Buffer.from(hash, 'hex'),
      });
    }
  }
  return keys;
}
