import { GraphQLError, parse } from 'graphql';
import { expect, it } from 'vitest';
import { describeError } from '../../../src/log.ts';

const shown = (error: unknown) => JSON.stringify(describeError(error));

it('shows type, message, code, frames and cause', () => {
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  expect(describeError(new TypeError('outer', { cause }))).toEqual({
    type: 'TypeError',
    message: 'outer',
    stack: expect.stringContaining('describe-error.test.ts'),
    cause: { type: 'Error', message: 'refused', code: 'ECONNREFUSED', stack: expect.any(String) },
  });
});

it('shows nothing of a document, of other properties, or of what is no error', () => {
  const nodes = parse('mutation { write(text: "planted") }').definitions;
  expect(shown(new GraphQLError('failed', { nodes }))).not.toContain('planted');
  expect(shown(Object.assign(new Error('failed'), { response: 'planted' }))).not.toContain('planted');
  expect(shown('planted')).toBe('{"type":"string"}');
});

it('shows nothing of the text that was no JSON', () => {
  const error = (() => {
    try {
      return JSON.parse('planted');
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(String(error)).toContain('planted');
  expect(shown(error)).not.toContain('planted');
  expect(shown(new Error('outer', { cause: error }))).not.toContain('planted');
});
