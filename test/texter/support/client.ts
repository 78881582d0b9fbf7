import { vi } from 'vitest';
import type { CallOptions } from '../../../src/texter/client.ts';
import {
  createTexterClient,
  type ManagedTexterClient,
  type TexterClientOptions,
} from '../../../src/texter/create-client.ts';
import { TexterError } from '../../../src/texter/errors.ts';

export const TOKEN = 'token-of-the-tests';
export const CHAT_ID = '65a000000000000000000001';
export const options: CallOptions = { token: TOKEN };

/** A client that is closed with its scope. */
export function openClient(
  baseUrl: string,
  settings: Omit<TexterClientOptions, 'baseUrl'> = {},
): ManagedTexterClient & AsyncDisposable {
  const client = createTexterClient({ baseUrl, ...settings });
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<TexterError> {
  const outcome = await call.then(
    (value) => new Error(`expected a failure, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof TexterError) return outcome;
  throw outcome;
}

/** Waits until a condition holds; generous, since it asserts that, and not when. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!condition()) throw new Error(`not yet: ${condition}`);
    },
    { timeout: 20_000, interval: 2 },
  );
}
