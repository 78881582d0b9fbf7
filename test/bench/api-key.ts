import { createHash } from 'node:crypto';

/** The credential that every request carries; only the gateway looks at it. */
export const API_KEY = 'bench-key-of-loopback-only';

/** The same as the gateway's API_KEYS wants it. */
export const API_KEYS = `bench:read:${createHash('sha256').update(API_KEY).digest('hex')}`;
