import { GatewayError } from '../errors.ts';

/**
 * `UPSTREAM_INVALID_RESPONSE`: answers of Texter that no exact page can be made of. Of the closed list it is the code for
 * answers that cannot be used; nothing is wrong with the caller's arguments, and asking again would not help.
 */
export function unusable(message: string): GatewayError {
  return new GatewayError('UPSTREAM_INVALID_RESPONSE', message);
}
