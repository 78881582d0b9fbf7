import { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { GatewayError } from '../../../src/errors.ts';
import { writeAnswer } from '../../../src/http/graphql-answer.ts';
import { refusal } from '../../../src/http/refusal.ts';

const limited = new GatewayError('RATE_LIMITED', 'Too much.', {
  retryAfter: 7,
  http: { status: 429, headers: { 'retry-after': '7' } },
});

it('takes status and headers from the errors of a request that did not run, and shows neither', () => {
  const { status, headers, body } = writeAnswer({ errors: [limited] }, 'application/json');
  expect(status).toBe(429);
  expect(headers.slice(-2)).toEqual(['retry-after', '7']);
  expect(JSON.parse(body)).toEqual({
    errors: [{ message: 'Too much.', extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }],
  });
});

it.each([null, { a: 1 }])('is 200 once the operation ran (data %j)', (data) => {
  const { status, body } = writeAnswer({ data, errors: [limited] }, 'application/graphql-response+json');
  expect(status).toBe(200);
  expect(JSON.parse(body).data).toEqual(data);
});

it('takes the highest status where errors differ', () => {
  const errors = [refusal(400, 'One.'), limited, refusal(401, 'Two.')];
  expect(writeAnswer({ errors }, 'application/json').status).toBe(429);
});

it('keeps a status of the specification from application/json', () => {
  const errors = [new GraphQLError('No.', { extensions: { http: { status: 400, spec: true } } })];
  expect(writeAnswer({ errors }, 'application/json').status).toBe(200);
  expect(writeAnswer({ errors }, 'application/graphql-response+json').status).toBe(400);
});

it('keeps path, locations and the extensions of the result', () => {
  const errors = [new GatewayError('NOT_FOUND', 'No such chat.')];
  const { body } = writeAnswer(
    { data: { a: null }, errors, extensions: { upstream: 1 } },
    'application/json',
  );
  expect(JSON.parse(body)).toEqual({
    errors: [{ message: 'No such chat.', extensions: { code: 'NOT_FOUND' } }],
    data: { a: null },
    extensions: { upstream: 1 },
  });
});
