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

export interface SandboxSettings {
  readonly options: SandboxOptions;
  /** Where it listens when it runs alone; embedded, any free port will do. */
  readonly port: number;
}

/** Node's timers hold 31 bits. */
const MAX_DELAY_MS = 2_147_483_647;

const settings = z.object({
  SANDBOX_PORT: integer(0, 65_535).optional(),
  SANDBOX_SEED: integer(0, Number.MAX_SAFE_INTEGER).optional(),
  SANDBOX_NOW: z
    .string()
    .transform((text, context) => {
      const time = /^\d{10,15}$/.test(text) ? Number(text) : Date.parse(text);
      return Number.isNaN(time) ? fail(context, 'an ISO 8601 instant or epoch milliseconds') : time;
    })
    .optional(),
  SANDBOX_LATENCY_MS: integer(0, MAX_DELAY_MS).optional(),
  SANDBOX_BEHAVIOUR: z
    .string()
    .transform((text, context) => pairs(text, behaviourSchema, context))
    .optional(),
  SANDBOX_FAULTS: z
    .string()
    .transform((text, context) => text.split(';').map((rule) => pairs(rule, faultSchema, context)))
    .optional(),
});

/** The variables that the sandbox is set by, alone or embedded; README.md beside this file describes them. */
export const SANDBOX_VARIABLES = Object.keys(settings.shape);

/**
 * Reads the sandbox's settings from the environment that is given. Never throws: either options for `startSandbox`,
 * or every fault. A variable that is empty counts as not given.
 */
export function parseSandboxSettings(
  env: Readonly<Record<string, string | undefined>>,
): SandboxSettings | { readonly faults: readonly SettingFault[] } {
  const given = Object.fromEntries(
    SANDBOX_VARIABLES.map((variable) => [variable, env[variable]?.trim() || undefined]),
  );
  const result = settings.safeParse(given);
  if (!result.success)
    return {
      faults: result.error.issues.map(({ path, message }) => {
        const variable = String(path[0]);
        return { variable, expected: message, found: given[variable] ?? '' };
      }),
    };
  const values = result.data;
  return {
    port: values.SANDBOX_PORT ?? 4010,
    options: {
      ...(values.SANDBOX_SEED !== undefined && { seed: values.SANDBOX_SEED }),
      ...(values.SANDBOX_NOW !== undefined && { now: values.SANDBOX_NOW }),
      ...(values.SANDBOX_LATENCY_MS !== undefined && { latencyMs: values.SANDBOX_LATENCY_MS }),
      ...(values.SANDBOX_BEHAVIOUR && { behaviour: values.SANDBOX_BEHAVIOUR }),
      ...(values.SANDBOX_FAULTS && { faults: values.SANDBOX_FAULTS }),
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
