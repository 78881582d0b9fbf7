import type { LoadOptions, Upstream } from '../config.ts';
import { parseSandboxSettings } from '../sandbox/settings.ts';
import type { Faults, Given } from './faults.ts';
import { parseToken } from './kinds.ts';
import { constant, type Live, liveFile } from './live.ts';
import type { Settings } from './settings.ts';

/** Any of these means that a real project is to be served. */
export const TEXTER_VARIABLES = [
  'TEXTER_PROJECT_ID',
  'TEXTER_BASE_URL',
  'TEXTER_API_TOKEN',
  'TEXTER_API_TOKEN_FILE',
] as const;

/** A gateway with real settings never serves the sandbox: made-up chats would pass for a company's own. */
export function sandboxUpstream(vars: Given, faults: Faults): Upstream {
  const real = TEXTER_VARIABLES.filter((name) => vars[name] !== undefined);
  if (real.length > 0) faults.add('SANDBOX', `off, or nothing, beside ${real.join(' and ')}`);
  const settings = parseSandboxSettings(vars);
  if ('options' in settings) return { kind: 'sandbox', options: settings.options };
  for (const { variable, expected } of settings.faults) faults.add(variable, expected);
  return { kind: 'sandbox', options: {} };
}

/** Adds a fault for what is missing or given twice; what is returned is of use only where there are none. */
export function texterUpstream(
  vars: Given,
  values: Settings,
  faults: Faults,
  options: LoadOptions,
): Upstream {
  if (vars.TEXTER_PROJECT_ID === undefined && vars.TEXTER_BASE_URL === undefined) {
    faults.add('TEXTER_PROJECT_ID', 'the id of a project (or TEXTER_BASE_URL instead)');
  } else if (vars.TEXTER_PROJECT_ID !== undefined && vars.TEXTER_BASE_URL !== undefined) {
    faults.add('TEXTER_BASE_URL', 'nothing beside TEXTER_PROJECT_ID');
  }
  const baseUrl =
    values.TEXTER_BASE_URL?.href ?? `https://${values.TEXTER_PROJECT_ID}.texterchat.com/server/api/v2`;
  return {
    kind: 'texter',
    baseUrl: baseUrl.replace(/\/+$/, ''),
    token: values.AUTH_MODE === 'passthrough' ? undefined : ownToken(values, faults, options),
  };
}

function ownToken(values: Settings, faults: Faults, options: LoadOptions): Live<string> | undefined {
  return oneOfTwo({
    value: ['TEXTER_API_TOKEN', values.TEXTER_API_TOKEN],
    file: ['TEXTER_API_TOKEN_FILE', values.TEXTER_API_TOKEN_FILE],
    expected: 'a token',
    parse: parseToken,
    faults,
    options,
  });
}

interface OneOfTwo<T> {
  /** The variable that holds the value, and what it holds. */
  readonly value: readonly [string, T | undefined];
  /** The variable that names a file with the value, and the path in it. */
  readonly file: readonly [string, string | undefined];
  readonly expected: string;
  readonly parse: (content: string) => T | undefined;
  /** What holds once the file is gone; the last good value where it is not given. */
  readonly whenGone?: T;
  readonly faults: Faults;
  readonly options: LoadOptions;
}

/** A setting that stands in the environment or in a file, not in both; the file must be good at the start. */
export function oneOfTwo<T>({ value, file, expected, parse, whenGone, faults, options }: OneOfTwo<T>) {
  const [setting, path] = file;
  if (path === undefined) {
    if (value[1] !== undefined) return constant(value[1]);
    faults.add(value[0], `${expected} (or ${setting} instead)`);
    return undefined;
  }
  if (value[1] !== undefined) faults.add(setting, `nothing beside ${value[0]}`);
  try {
    return liveFile({ setting, path, parse, whenGone, report: options.onFileChange });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    faults.add(setting, `a file that holds ${expected}`, reason);
    return undefined;
  }
}
