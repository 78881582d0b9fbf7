import { hash, timingSafeEqual } from 'node:crypto';
import type { ApiKey } from '../config/api-keys.ts';
import type { Live } from '../config/live.ts';
import type { Authenticator } from './authenticator.ts';
import { bearerToken, invalidToken } from './bearer.ts';

/** AUTH_MODE `api-key`: the caller is the key's name, so that a key that replaces another keeps its budget. */
export function apiKeyAuthenticator(keys: Live<readonly ApiKey[]>): Authenticator {
  return ({ headers }) => {
    const presented = hash('sha256', bearerToken(headers), 'buffer');
    // Every key is compared, and each in constant time: how long it takes tells nothing about the hashes.
    const [key] = keys.current().filter((candidate) => timingSafeEqual(candidate.hash, presented));
    if (key === undefined) throw invalidToken();
    return {
      caller: `key:${key.name}`,
      canWrite: key.access === 'write',
      passthrough: undefined,
    };
  };
}
