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
 * levels, over 64 KiB of JSON, or with a `__proto__` key anywhere.
 */
export function checkCrmData(data: Record<string, unknown>): void {
  checkLevel(data, 1);
  if (Buffer.byteLength(JSON.stringify(data)) > MAX_BYTES) {
    throw badUserInput(`input.data is too large: at most ${MAX_BYTES} bytes of JSON.`);
  }
}

function checkLevel(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_DEPTH) throw badUserInput(`input.data nests too deep: at most ${MAX_DEPTH} levels.`);
  if (Object.hasOwn(value, '__proto__')) throw badUserInput('input.data must not have a `__proto__` key.');
  for (const member of Object.values(value)) checkLevel(member, depth + 1);
}
