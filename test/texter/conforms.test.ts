import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fromIso } from '../../src/model/time.ts';
import { conforms } from '../../src/texter/conforms.ts';
import { decoder } from '../../src/texter/decoder.ts';
import { chatPage, messagePage, publicChat } from '../../src/texter/wire.ts';

const chat = {
  _id: '65a000000000000000000001',
  title: 'Dana L',
  labels: ['VIP'],
  channelInfo: { name: 'whatsapp', id: '15550100001', accountId: '15550199999', metadata: [1] },
  agent: { uid: null, displayName: '' },
  status: 0,
  created: '2025-01-02T03:04:05.678Z',
  last_message_timestamp: 1738555506123,
  pendingUpdateTime: 1738555506,
  lastMessage: { type: 'media', media: [{ mediaType: 'image', deleted: { timestamp: 5 } }] },
  botState: {
    id: 'ab',
    flowVersion: { identifier: 'bot', version: 3 },
    userState: { a: { b: 1 } },
    store: {},
  },
  crmData: { deep: { er: [null] } },
  crmLastTicketId: 7,
  fromTheFuture: { anything: true },
};
const message = {
  _id: '65b000000000000000000001',
  timestamp: 1738555506123,
  statusHistory: [{ status: 1, timestamp: 2 }],
  list: { button: 'b', sections: [{ title: 't', rows: [{ title: 'r', payload: 'p' }] }] },
  postback: { payload: 'p' },
  contacts: [{}, 1],
};

const samples: [string, z.ZodType, unknown][] = [
  ['a chat', publicChat, chat],
  ['a page of chats', chatPage, { data: [chat, chat], total: 2 }],
  ['a page of messages', messagePage, { messages: [message], minTime: 1, maxTime: false }],
];

/** Every path of a JSON value, so that any one spot can be replaced. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[...path], ...below.flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const entries = Object.entries(Object(value)).map(([name, member]) => [
    name,
    name === key ? replaced(member, rest, by) : member,
  ]);
  return Array.isArray(value) ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}

test.each(samples)('%s conforms, and is handed on as it is', (_, schema, sample) => {
  expect(conforms(schema)(sample)).toBe(true);
  expect(decoder(schema)(sample)).toEqual({ value: sample });
});

test.each(samples)(
  '%s with any one value replaced conforms exactly when zod takes it',
  (_, schema, sample) => {
    const isValid = conforms(schema);
    const spot = fc.constantFrom(...pathsOf(sample));
    const value = fc.oneof(
      fc.constantFrom(
        undefined,
        null,
        false,
        true,
        '',
        'text',
        0,
        -1,
        1.5,
        9e15,
        Number.NaN,
        {},
        [],
        [1],
        ['a'],
      ),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(spot, value, (path, by) => {
        const changed = replaced(sample, path, by);
        expect(isValid(changed)).toBe(schema.safeParse(changed).success);
      }),
      { numRuns: 3000 },
    );
  },
);

test('a schema with refinements on an array or an object is left to zod', () => {
  const schema = z
    .looseObject({ list: z.array(z.string()).max(1) })
    .refine((value) => value.list[0] !== 'no');
  const isValid = conforms(schema);
  expect([{ list: ['a'] }, { list: ['a', 'b'] }, { list: ['no'] }, {}].map(isValid)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('a text that passes as an instant is one, and only real times of day and months do', () => {
  const isValid = conforms(publicChat);
  const text = fc.stringMatching(
    /^\d{4}-[01]\d-[0-3]\d(T[0-2]\d:[0-6]\d(:[0-6]\d(\.\d{1,9})?)?(Z|[+-][0-2]\d:?\d\d)?)?$/,
  );
  fc.assert(
    fc.property(text, (created) => {
      const isInstant = !Number.isNaN(fromIso(created)?.getTime());
      expect(isValid({ created }) && !isInstant).toBe(false);
    }),
    { numRuns: 5000 },
  );
  const kept = ['2025-02-28', '2024-02-29T23:59', '2025-01-02T03:04:05.678Z', '2025-01-02T03:04:05+05:30'];
  const refused = [
    '2025-13-01',
    '2025-00-10',
    '2025-01-32',
    '2025-01-01T24:00:00Z',
    '2025-01-01T10:60Z',
    '2025-1-1',
  ];
  expect(kept.map((created) => isValid({ created }))).toEqual(kept.map(() => true));
  expect(refused.map((created) => isValid({ created }))).toEqual(refused.map(() => false));
});

test('a fault names the place and what was expected, never what was found', () => {
  const decode = decoder(chatPage);
  expect(decode({ data: [chat, { ...chat, labels: ['a', { secret: 1 }] }], total: 2 })).toEqual({
    fault: '$.data[1].labels[1]: Invalid input: expected string, received object',
  });
  expect(decode({ data: [{ ...chat, created: 'secret' }], total: 1 })).toEqual({
    fault: '$.data[0].created: expected an ISO 8601 instant',
  });
  expect(decode([])).toEqual({ fault: '$: Invalid input: expected object, received array' });
});
