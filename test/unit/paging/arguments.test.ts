import { describe, expect, test } from 'vitest';
import { pageFlags, readPageRequest } from '../../../src/paging/arguments.ts';

const DEFAULTS = { maximum: 100, size: 50, backward: true };

describe('arguments', () => {
  test.each([
    [{}, { backward: true, size: 50, after: null, before: null }],
    [
      { first: null, last: null, after: null, before: null },
      { backward: true, size: 50, after: null, before: null },
    ],
    [{ first: 0 }, { backward: false, size: 0, after: null, before: null }],
    [{ last: 0 }, { backward: true, size: 0, after: null, before: null }],
    [
      { first: 100, last: null, after: 'a' },
      { backward: false, size: 100, after: 'a', before: null },
    ],
    [
      { first: null, last: 1, before: 'b' },
      { backward: true, size: 1, after: null, before: 'b' },
    ],
    [
      { after: 'a', before: 'b' },
      { backward: true, size: 50, after: 'a', before: 'b' },
    ],
  ])('%j are read as %j', (args, expected) => {
    expect(readPageRequest(args, DEFAULTS)).toEqual(expected);
  });

  test('shrink the default page to the largest', () => {
    expect(readPageRequest({}, { maximum: 7, size: 30, backward: false })).toMatchObject({
      backward: false,
      size: 7,
    });
  });

  test.each([
    [{ first: 1, last: 2 }, 'Expected "first" or "last", not both: first is 1 and last is 2.'],
    [{ first: 0, last: 0 }, 'Expected "first" or "last", not both: first is 0 and last is 0.'],
    [{ first: -1 }, 'Expected "first" to be an integer from 0 to 100, found -1.'],
    [{ last: -1 }, 'Expected "last" to be an integer from 0 to 100, found -1.'],
    [{ first: 101 }, 'Expected "first" to be an integer from 0 to 100, found 101.'],
    [{ last: 101 }, 'Expected "last" to be an integer from 0 to 100, found 101.'],
    [{ first: 1.5 }, 'Expected "first" to be an integer from 0 to 100, found 1.5.'],
    [{ last: Number.NaN }, 'Expected "last" to be an integer from 0 to 100, found NaN.'],
  ])('%j are refused', (args, message) => {
    expect(() => readPageRequest(args, DEFAULTS)).toThrow(
      expect.objectContaining({ message, code: 'BAD_USER_INPUT' }),
    );
  });

  test.each([
    [{ first: 1 }, true, { hasNextPage: true, hasPreviousPage: false }],
    [{ first: 1, before: 'b' }, false, { hasNextPage: false, hasPreviousPage: false }],
    [{ first: 1, after: 'a' }, false, { hasNextPage: false, hasPreviousPage: true }],
    [{ last: 1 }, true, { hasNextPage: false, hasPreviousPage: true }],
    [{ last: 1, after: 'a' }, false, { hasNextPage: false, hasPreviousPage: false }],
    [{ last: 1, before: 'b' }, false, { hasNextPage: true, hasPreviousPage: false }],
  ])('%j with more: %j make the flags %j', (args, more, flags) => {
    expect(pageFlags(readPageRequest(args, DEFAULTS), more)).toEqual(flags);
  });
});
