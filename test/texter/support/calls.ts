import { vi } from 'vitest';
import type { Caller } from '../../../src/texter/client.ts';
import { chatRequest } from '../../../src/texter/endpoints.ts';
import { Flight } from '../../../src/texter/flight.ts';
import { Operation, type OperationOptions } from '../../../src/texter/operation.ts';

/** One who is told of what comes of a call. */
export function aCaller(options: Partial<OperationOptions> = {}) {
  return {
    operation: new Operation({ token: 't', ...options }),
    onAnswer: vi.fn<Caller['onAnswer']>(),
    onError: vi.fn<Caller['onError']>(),
  };
}

/** A call that somebody waits for, without end unless told otherwise. */
export function aCall(caller: Caller = aCaller()): Flight<unknown> {
  return new Flight<unknown>(chatRequest('a'), caller);
}
