import { type Config, loadConfig } from '../../../src/config.ts';

const options = { terminal: false, onFileChange: () => {} };

export function load(env: Record<string, string | undefined>) {
  return loadConfig(env, options);
}

/** The config of settings that must have no fault. */
export function configOf(env: Record<string, string>): Config {
  const loaded = load(env);
  if ('faults' in loaded) throw new Error(loaded.faults.join('\n'));
  return loaded.config;
}

export function faultsOf(env: Record<string, string>): readonly string[] {
  const loaded = load(env);
  return 'faults' in loaded ? loaded.faults : [];
}

/** A real upstream, with what it cannot do without. */
export const REAL = { TEXTER_PROJECT_ID: 'acme', TEXTER_API_TOKEN: 's3cret', AUTH_MODE: 'none' };

export const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
