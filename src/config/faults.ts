import { PATHS, SECRETS, URLS } from './settings.ts';

/** Variables that other programs read in small letters as well. */
const SMALL_LETTERS = new Map([
  ['https_proxy', 'HTTPS_PROXY'],
  ['no_proxy', 'NO_PROXY'],
]);

/** The variables that were given: trimmed, and what is empty counts as not given (compose files do that). */
export type Given = Readonly<Record<string, string>>;

export function given(env: Readonly<Record<string, string | undefined>>): Given {
  const entries = Object.entries(env).map(([name, value]) => {
    return [SMALL_LETTERS.get(name) ?? name, value?.trim() ?? ''] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/** Collects what is wrong, one line for each variable; the first fault of a variable is the one that counts. */
export class Faults {
  readonly #lines = new Map<string, string>();
  readonly #given: Given;

  constructor(given: Given) {
    this.#given = given;
  }

  get lines(): readonly string[] {
    return [...this.#lines.values()];
  }

  /** `why`: what is wrong with the value, where `expected` does not say it. */
  add(variable: string, expected: string, why?: string): void {
    if (this.#lines.has(variable)) return;
    const found = this.#found(variable) + (why === undefined ? '' : `: ${why}`);
    this.#lines.set(variable, `${variable}: expected ${expected}, found ${found}`);
  }

  #found(variable: string): string {
    const value = this.#given[variable];
    if (SECRETS.has(variable)) return value === undefined ? 'unset' : 'set';
    if (value === undefined) return 'nothing';
    const shown = presentable(variable, value);
    if (shown === undefined) return 'set';
    return JSON.stringify(shown.length > 100 ? `${shown.slice(0, 100)}…` : shown);
  }
}

/** What of a value cannot be a secret that was put in the wrong place: a fault must not bring it into the log. */
function presentable(variable: string, value: string): string | undefined {
  if (PATHS.has(variable)) return /^\.{0,2}\//.test(value) ? value : undefined;
  if (!URLS.has(variable)) return value.replace(/.*@/s, '***@');
  if (!URL.canParse(value)) return undefined;
  const { origin, username, password } = new URL(value);
  return username || password || origin === 'null' ? undefined : origin;
}
