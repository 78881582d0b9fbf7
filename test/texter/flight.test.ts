import { expect, test } from 'vitest';
import { chatRequest } from '../../src/texter/endpoints.ts';
import { Flight } from '../../src/texter/flight.ts';
import { aCaller } from './support/calls.ts';

// Thrown on, it would end the process, and everybody who waits for the call would wait for ever.
test('a defect in reading an answer is told to everybody who waits for it', () => {
  const defect = new TypeError('a bug');
  const decode = () => {
    throw defect;
  };
  const callers = [aCaller(), aCaller()] as const;
  const flight = new Flight({ ...chatRequest('a'), decode }, callers[0]);
  flight.join(callers[1]);
  flight.settle({ status: 200, body: '{}' });
  for (const { onError } of callers) expect(onError.mock.calls).toEqual([[defect]]);
});
