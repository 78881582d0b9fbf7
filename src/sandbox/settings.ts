import { z } from 'zod';
import { behaviourSchema } from './behaviour.ts';
import { faultSchema } from './http/fault.ts';
import type { SandboxOptions } from './sandbox.ts';

/** One setting that cannot be taken: the variable, what was expected of it, and what it was. */
export interface SettingFault {
  readonly variable: string;
  readonly expected: string;
  readonly found: string;
}

/** Node's timers hold 31 bits. */
const MAX_DELAY_MS = 2_147_483_647;

const kinds = {
  SANDBOX_PORT: integer(0, 65_535),
  SANDBOX_SEED: integer(0, Number.MAX_SAFE_INTEGER),
  SANDBOX_NOW: z.string().transform((text, context) => {
    const time = /^\d{10,15}$/.test(text) ? Number(text) : Date.parse(text);
    return Number.isNaN(time) ? fail(context, 'an ISO 8601 instant or epoch milliseconds') : time;
  }),
  SANDBOX_LATENCY_MS: integer(0, MAX_DELAY_MS),
  SANDBOX_BEHAVIOUR: z.string().transform((text, context) => pairs(text, behaviourSchema, context)),
  SANDBOX_FAULTS: z
    .string()
    .transform((text, context) => text.split(';').map((rule) => pairs(rule, faultSchema, context))),
};

/** The variables that the sandbox is set by, alone or embedded; README.md beside this file describes them. */
export const SANDBOX_VARIABLES = Object.keys(kinds);

/**
 * Reads the sandbox's settings from the environment that is given. Never throws: either options for `startSandbox`,
 * or one fault for each bad variable. A variable that is empty counts as not given.
 */
export function parseSandboxSettings(
  env: Readonly<Record<string, string | undefined>>,
): { readonly options: SandboxOptions } | { readonly faults: readonly SettingFault[] } {
  const faults: SettingFault[] = [];
  const read = <T>(variable: keyof typeof kinds, kind: z.ZodType<T, string>): T | undefined => {
    const found = env[variable]?.trim();
    if (!found) return undefined;
    const result = kind.safeParse(found);
    if (result.success) return result.data;
    faults.push({ variable, expected: result.error.issues[0]?.message ?? 'another value', found });
    return undefined;
  };
  const port = read('SANDBOX_PORT', kinds.SANDBOX_PORT);
  const seed = read('SANDBOX_SEED', kinds.SANDBOX_SEED);
  const now = read('SANDBOX_NOW', kinds.SANDBOX_NOW);
  const latencyMs = read('SANDBOX_LATENCY_MS', kinds.SANDBOX_LATENCY_MS);
  const behaviour = read('SANDBOX_BEHAVIOUR', kinds.SANDBOX_BEHAVIOUR);
  const rules = read('SANDBOX_FAULTS', kinds.SANDBOX_FAULTS);
  if (faults.length > 0) return { faults };
  return {
    options: {
      ...(port !== undefined && { port }),
      ...(seed !== undefined && { seed }),
      ...(now !== undefined && { now }),
      ...(latencyMs !== undefined && { latencyMs }),
      ...(behaviour && { behaviour }),
      ...(rules && { faults: rules }),
    },
  };
}

function integer(min: number, max: number) {
  return z.string().transform((text, context) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : fail(context, `an integer from ${min} to ${max}`);
  });
}

/** Reads `name=value,name=value` as the members of a schema. */
function pairs<T>(text: string, schema: z.ZodType<T>, context: z.RefinementCtx): T {
  const form = 'comma-separated name=value';
  const entries = text.split(',').map((pair) => /^\s*(\w+)\s*=\s*(\S.*?)\s*$/s.exec(pair)?.slice(1));
  if (!entries.every((entry) => entry !== undefined)) return fail(context, form);
  const result = schema.safeParse(Object.fromEntries(entries));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return fail(context, `${form}, in which ${[...(issue?.path ?? []), issue?.message].join(': ')}`);
}

function fail(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
