import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether a host name, as it stands in a URL, a Host header or a listen address (brackets of IPv6 allowed),
 * can only mean this machine. Names are not resolved: `localhost` alone is taken to be loopback.
 */
export function isLoopback(host: string): boolean {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const family = isIP(bare);
  if (family === 0) return bare.toLowerCase() === 'localhost';
  return loopback.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}
