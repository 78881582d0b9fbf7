import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { isLoopback } from './loopback.ts';

// The kinds of values that settings have. The message of every issue says what was expected, in words that
// follow "expected"; faults.ts adds the variable and what was found.

/** A kind by a function that is undefined for text that is no such value. */
export function kind<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', message: expected, input: text });
    return z.NEVER;
  });
}

export function integer(min: number, max: number) {
  return kind(`an integer from ${min} to ${max}`, (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  });
}

/** Node's timers hold 31 bits; a longer delay would fire at once. */
export const MAX_DELAY_MS = 2_147_483_647;

export function milliseconds(min: number) {
  return integer(min, MAX_DELAY_MS);
}

export function oneOf<const T extends string>(...names: readonly [T, T, ...T[]]) {
  const expected = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  return kind(expected, (text) => names.find((name) => name === text));
}

export const onOff = kind('on or off', (text) => (text === 'on' ? true : text === 'off' ? false : undefined));

/** Comma-separated; every entry must be one of its kind. */
export function listOf<T>(expected: string, parse: (entry: string) => T | undefined) {
  return kind<readonly T[]>(`${expected}, separated by commas`, (text) => {
    const values = text.split(',').map((entry) => parse(entry.trim()));
    return values.every((value) => value !== undefined) ? values : undefined;
  });
}

/** An origin as browsers send it: scheme, host and port, nothing behind; never `*` or `null`. */
export function parseOrigin(text: string): string | undefined {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text ? text : undefined;
}

export type AddressRange = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** In front of an IPv4 address that is written as an IPv6 one: `::ffff:0:0/96`. */
const MAPPED_BITS = 96;

/**
 * An address, or a range in CIDR notation. IPv4 in the form of IPv6 (::ffff:10.0.0.1) is the IPv4 that it means, because
 * callers' addresses are compared in that form.
 */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [address = ''] = text.split('/');
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return undefined;
  const cidr = address === text ? `${text}/${address.includes(':') ? 128 : 32}` : text;
  if (!ipaddr.isValidCIDR(cidr)) return undefined;
  const [range, bits] = ipaddr.parseCIDR(cidr);
  if (range instanceof ipaddr.IPv4 || !range.isIPv4MappedAddress()) return [range, bits];
  return bits < MAPPED_BITS ? undefined : [range.toIPv4Address(), bits - MAPPED_BITS];
}

/** `https:` anywhere, `http:` to this machine only: what is sent there must not be read on the way. */
export const secureUrl = kind(
  'an https: URL (http: only to loopback) without credentials, query and fragment',
  (text) => {
    if (!URL.canParse(text)) return undefined;
    const url = new URL(text);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
      return undefined;
    return url.username || url.password || url.search || url.hash ? undefined : url;
  },
);

export const redisUrl = kind('a redis: or rediss: URL', (text) =>
  URL.canParse(text) && /^rediss?:\/\//.test(text) ? text : undefined,
);

export const proxyUrl = kind('an http: or https: URL', (text) =>
  URL.canParse(text) && /^https?:\/\//.test(text) ? text : undefined,
);

/** A DNS label: the project's name becomes part of a host and must not lead to another one. */
export const projectId = kind('a project id (letters, digits and hyphens)', (text) =>
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(text) ? text : undefined,
);

/** Text that is sent as `Authorization: Bearer`; anything but visible ASCII could split the header. */
export function parseToken(text: string): string | undefined {
  return /^[\x21-\x7e]+$/.test(text.trim()) ? text.trim() : undefined;
}
