// npm run api-key -- <name> <read|write>
// Makes a key for AUTH_MODE=api-key. The key goes to the caller; the gateway is only ever told its hash.

import { createHash, randomBytes } from 'node:crypto';

const [name = '', access = '', ...rest] = process.argv.slice(2);
if (!/^[A-Za-z0-9._-]{1,64}$/.test(name) || !/^(read|write)$/.test(access) || rest.length > 0) {
  console.error('usage: npm run api-key -- <name> <read|write>');
  console.error('       a name has 1 to 64 letters, digits, dots, hyphens and underscores');
  process.exit(64);
}

// 256 random bits: a plain hash is enough, because nobody can try that many keys. The prefix is for secret scanners.
const key = `txgw_${randomBytes(32).toString('base64url')}`;
const hash = createHash('sha256').update(key).digest('hex');
console.log(`Key, shown only here, for the caller to send as Authorization: Bearer <key>:\n  ${key}`);
console.log(`Entry for API_KEYS, or a line of API_KEYS_FILE:\n  ${name}:${access}:${hash}`);
