import { isLoopback } from '../config/loopback.ts';

/**
 * Whether a Host header names this machine. A gateway without authentication on a loopback address is safe
 * from the network but not from web pages: one whose name was made to resolve to 127.0.0.1 (DNS rebinding)
 * could read every chat, and only its Host header gives it away.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = /^(?<name>\[[^\]]*\]|[^:]*)(:\d*)?$/.exec(host ?? '')?.groups?.name;
  return name !== undefined && isLoopback(name);
}
