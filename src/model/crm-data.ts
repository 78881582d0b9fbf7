import { badUserInput } from '../errors.ts';
import type { CrmMergingMode as WireMergingMode } from '../texter/client.ts';

const MAX_DEPTH = 32;
const MAX_BYTES = 64 * 1024;

export type CrmMergingMode = 'REPLACE' | 'ASSIGN' | 'MERGE' | 'DEFAULTS' | 'DEFAULTS_DEEP';

/** REST's words for the merging modes. Source: documentation page "Update CRM Data". */
export const WIRE_MERGING_MODE: Readonly<Record<CrmMergingMode, WireMergingMode>> = {
  REPLACE: 'replace',
  ASSIGN: 'assign',
  MERGE: 'merge',
  DEFAULTS: 'defaults',
  DEFAULTS_DEEP: 'defaultsDeep',
};

/**
 * Refuses, as `BAD_USER_INPUT` and before any call, CRM data that could hurt whoever merges it: nested deeper than 32
 * levels, over 64 KiB of JSON, with a `__proto__` key anywhere, or with a number that would be changed on its way.
 */
export function checkCrmData(data: Record<string, unknown>): void {
  checkLevel(data, 1);
  if (Buffer.byteLength(JSON.stringify(data)) > MAX_BYTES) {
    throw badUserInput(`input.data is too large: at most ${MAX_BYTES} bytes of JSON.`);
  }
}

function checkLevel(value: unknown, depth: number): void {
  if (typeof value === 'number' && !isExact(value)) {
    throw badUserInput('input.data has a number that JSON cannot carry exactly; write it as text.');
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw badUserInput(`input.data nests too deep: at most ${MAX_DEPTH} levels.`);
  if (Object.hasOwn(value, '__proto__')) throw badUserInput('input.data must not have a `__proto__` key.');
  for (const member of Object.values(value)) checkLevel(member, depth + 1);
}

/** Numbers out of range have become infinite, and integers beyond 2^53 others, before anybody could look at them. */
function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
