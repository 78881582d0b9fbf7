import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Authenticator } from './authenticator.ts';
import { bearerToken } from './bearer.ts';
import { addressOf } from './identity.ts';

/** Tokens whose acceptance is remembered; one that is forgotten is accepted anew by its next read. */
const MAX_ACCEPTED = 10_000;

/**
 * AUTH_MODE `passthrough`: the credential is a Texter token, which only Texter can judge. Until it has, whoever
 * sends one is known by address alone: else every invented token would bring a fresh rate limit with it.
 */
export function passthroughAuthenticator(): Authenticator {
  const acceptedHashes = new LRUCache<string, true>({ max: MAX_ACCEPTED });
  return ({ headers, remoteAddress }) => {
    const texterToken = bearerToken(headers);
    const hash = createHash('sha256').update(texterToken).digest('base64url');
    return {
      caller: acceptedHashes.get(hash) ? `token:${hash}` : addressOf(remoteAddress),
      // Texter's own scopes decide what the token may do.
      canWrite: true,
      passthrough: { texterToken, accepted: () => acceptedHashes.set(hash, true) },
    };
  };
}
