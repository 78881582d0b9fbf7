import type { Config } from '../config.ts';
import { SANDBOX_VARIABLES } from '../sandbox/settings.ts';
import type { Given } from './faults.ts';
import { isLoopback } from './loopback.ts';

/** Settings that are given and have no effect beside the others. */
export function idleSettings(vars: Given, { auth, rateLimit, upstream }: Config): string[] {
  const idle = (why: string, ...names: string[]) =>
    names.filter((name) => vars[name] !== undefined).map((name) => `${name}: has no effect ${why}`);
  return [
    ...(upstream.kind === 'sandbox' ? [] : idle('without the sandbox', ...SANDBOX_VARIABLES)),
    ...(auth.mode === 'api-key' ? [] : idle('without AUTH_MODE=api-key', 'API_KEYS', 'API_KEYS_FILE')),
    ...(auth.mode === 'jwt'
      ? []
      : idle('without AUTH_MODE=jwt', 'JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE')),
    ...(auth.mode === 'passthrough'
      ? idle('with AUTH_MODE=passthrough', 'TEXTER_API_TOKEN', 'TEXTER_API_TOKEN_FILE')
      : []),
    ...(rateLimit.costPerMinute === 0 ? idle('without RATE_LIMIT_COST_PER_MINUTE', 'REDIS_URL') : []),
  ];
}

/** Settings that work and may hurt. */
export function risks({ auth, graphql, http, rest, shutdown, upstream }: Config): string[] {
  const warnings: string[] = [];
  if (shutdown.delayMs > shutdown.graceMs) {
    warnings.push('SHUTDOWN_DELAY_MS: is above SHUTDOWN_GRACE_MS, which ends the drain before');
  } else if (shutdown.graceMs < shutdown.delayMs + graphql.operationTimeoutMs) {
    const needed = shutdown.delayMs === 0 ? '' : 'SHUTDOWN_DELAY_MS and ';
    warnings.push(
      `SHUTDOWN_GRACE_MS: is below ${needed}OPERATION_TIMEOUT_MS, so that a stop may cut operations off`,
    );
  }
  if (graphql.operationTimeoutMs <= rest.timeoutMs) {
    warnings.push(
      'OPERATION_TIMEOUT_MS: is not above UPSTREAM_TIMEOUT_MS, so that no breaker opens on slow answers',
    );
  }
  if (auth.mode === 'none' && upstream.kind === 'texter' && !isLoopback(http.host)) {
    warnings.push(`AUTH_MODE: none on HOST=${http.host} lets whoever reaches it read every chat`);
  }
  return warnings;
}
