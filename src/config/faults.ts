import { SECRETS } from './settings.ts';

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

  add(variable: string, expected: string, found = this.#found(variable)): void {
    if (!this.#lines.has(variable)) {
      this.#lines.set(variable, `${variable}: expected ${expected}, found ${found}`);
    }
  }

  #found(variable: string): string {
    const value = this.#given[variable];
    if (SECRETS.has(variable)) return value === undefined ? 'unset' : 'set';
    if (value === undefined) return 'nothing';
    // A URL with a password in it is a fault of its own, and must not get into the log by being one.
    const shown = value.replace(/\/\/.*@/s, '//***@');
    return JSON.stringify(shown.length > 100 ? `${shown.slice(0, 100)}…` : shown);
  }
}
