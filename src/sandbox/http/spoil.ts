import { type Answer, jsonAnswer } from './answer.ts';

/** The bodies that a fault puts in place of the right one, except the streams, which have no whole text. */
export const SPOILED = {
  html: (answer) => ({
    ...answer,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!doctype html><html><title>Bad gateway</title><h1>Please try again later</h1></html>',
  }),
  truncated: (answer) => ({ ...answer, body: answer.body.slice(0, answer.body.length / 2) }),
  empty: (answer) => ({ ...answer, body: '' }),
  failure: (answer) => ({
    ...jsonAnswer({ success: false, error: 'Something went wrong' }),
    status: answer.status,
  }),
  'wrong-types': (answer) => rewrite(answer, swapTypes),
  duplicates: (answer) =>
    rewrite(answer, (value) => withLists(value, (list) => list.flatMap((item) => [item, item]))),
  'no-results': (answer) => rewrite(answer, (value) => withLists(value, () => [])),
} as const satisfies Record<string, (answer: Answer) => Answer>;

function rewrite(answer: Answer, change: (value: unknown) => unknown): Answer {
  return { ...answer, body: JSON.stringify(change(JSON.parse(answer.body))) };
}

/** The same shape with every leaf of another type. */
function swapTypes(value: unknown): unknown {
  if (typeof value === 'string') return 42;
  if (typeof value === 'number') return 'forty-two';
  if (typeof value === 'boolean') return 'yes';
  if (Array.isArray(value)) return value.map(swapTypes);
  if (value === null) return [];
  return mapValues(value, swapTypes);
}

function withLists(value: unknown, change: (list: unknown[]) => unknown[]): unknown {
  return mapValues(value, (member) => (Array.isArray(member) ? change(member) : member));
}

function mapValues(value: unknown, change: (member: unknown) => unknown): unknown {
  return Object.fromEntries(Object.entries(Object(value)).map(([key, member]) => [key, change(member)]));
}
