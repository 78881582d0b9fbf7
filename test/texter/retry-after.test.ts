import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/texter/retry-after.ts';

const NOW = Date.UTC(1994, 10, 6, 8, 49, 30);

test.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7000],
  ['Sun, 06 Nov 1994 08:49:37 GMT', 7000],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 7000],
  ['Sun Nov  6 08:49:37 1994', 7000],
  ['Sun, 06 Nov 1994 08:49:00 GMT', 0],
])('%j is %d ms', (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

test.each([undefined, '', '-1', '1.5', '1e3', 'soon', 'Sunday', '9'.repeat(400), '2030-01-01'])(
  '%j says nothing',
  (header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined();
  },
);
