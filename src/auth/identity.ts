/** Who sent a request, once the credential was checked. Whoever has one may read. */
export interface Identity {
  /** Whom the rate limit charges, and whom the log may name: unique within one gateway, and no credential. */
  readonly caller: string;
  readonly canWrite: boolean;
  /** With AUTH_MODE `passthrough` only. */
  readonly passthrough: Passthrough | undefined;
}

export interface Passthrough {
  /** The caller's own Texter token: it goes upstream instead of the gateway's. */
  readonly texterToken: string;
  /** To be told when Texter has taken the token; from then on its bearer has a rate limit of their own. */
  readonly accepted: () => void;
}

/** Scopes, as JWTs carry them and as errors name them in every AUTH_MODE. Writing includes reading. */
export const READ_SCOPE = 'texter:read';
export const WRITE_SCOPE = 'texter:write';

/** The caller of whom nothing is known but where the request came from. */
export function addressOf(remoteAddress: string): string {
  return `address:${remoteAddress}`;
}
