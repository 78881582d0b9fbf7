import type { AuthConfig, LoadOptions } from '../config.ts';
import { parseApiKeys } from './api-keys.ts';
import type { Faults } from './faults.ts';
import type { Settings } from './settings.ts';
import { oneOfTwo } from './upstream.ts';

/** Undefined, with a fault for each cause, where the mode or what it needs is missing. */
export function authConfig(
  values: Settings,
  sandbox: boolean,
  faults: Faults,
  options: LoadOptions,
): AuthConfig | undefined {
  // With a real upstream nobody is let in by an omission: `none` has to be said.
  const mode = values.AUTH_MODE ?? (sandbox ? 'none' : undefined);
  switch (mode) {
    case 'api-key': {
      const keys = oneOfTwo({
        value: ['API_KEYS', values.API_KEYS],
        file: ['API_KEYS_FILE', values.API_KEYS_FILE],
        expected: 'the callers of AUTH_MODE=api-key',
        parse: parseApiKeys,
        // Whoever empties or removes the file withdraws the keys in it. What is malformed withdraws none.
        whenGone: [],
        faults,
        options,
      });
      if (keys?.current().length === 0) {
        const setting = values.API_KEYS_FILE === undefined ? 'API_KEYS' : 'API_KEYS_FILE';
        faults.add(setting, 'at least one caller for AUTH_MODE=api-key');
      }
      return keys && { mode, keys };
    }
    case 'jwt': {
      const { JWT_JWKS_URL: jwksUrl, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = values;
      if (jwksUrl === undefined) faults.add('JWT_JWKS_URL', 'the URL of the key set for AUTH_MODE=jwt');
      if (issuer === undefined) faults.add('JWT_ISSUER', 'the issuer of the tokens for AUTH_MODE=jwt');
      if (audience === undefined) faults.add('JWT_AUDIENCE', 'the audience of the tokens for AUTH_MODE=jwt');
      if (jwksUrl === undefined || issuer === undefined || audience === undefined) return undefined;
      return { mode, jwksUrl, issuer, audience };
    }
    case undefined:
      faults.add('AUTH_MODE', 'none, api-key, jwt or passthrough (a real upstream has no default)');
      return undefined;
    default:
      return { mode };
  }
}
