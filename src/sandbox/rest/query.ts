import { z } from 'zod';

/** What a request is refused with; `message` is for people, Texter's own error bodies are not documented. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

/** Position in the enumeration is the number that stands in `chat.status`. */
const STATUS_NAMES = ['BOT', 'PENDING', 'ASSIGNED', 'RESOLVED', 'BULK'] as const;
const digits = (fallback: string) =>
  z
    .string()
    .regex(/^[0-9]+$/, 'expected digits')
    .default(fallback)
    .transform(Number);
const id = z.string().regex(/^[a-z0-9]+$/, 'expected lower-case letters and digits');

/** Source: documentation page "Search Chats". */
const searchQuery = z
  .object({
    search: z.string().min(2).optional(),
    'channel[name]': z.enum(['whatsapp', 'messenger', 'instagram', 'website_chat', 'email']).optional(),
    'channel[accountId]': z.string().optional(),
    'labels[]': z
      .array(z.string())
      .max(100)
      .refine((labels) => new Set(labels).size === labels.length, 'expected unique labels')
      .optional(),
    'statuses[]': z
      .array(z.enum(STATUS_NAMES).transform((name) => STATUS_NAMES.indexOf(name)))
      .max(5)
      .optional(),
    showNoMessages: z.enum(['1', 'true', '0', 'false']).default('0'),
    limit: digits('30').pipe(z.number().min(1).max(10_000)),
    skip: digits('0'),
  })
  .refine(
    (query) => (query['channel[name]'] === undefined) === (query['channel[accountId]'] === undefined),
    'channel[name] and channel[accountId] come together',
  );

/** Source: documentation page "Get Messages of a Chat". */
const messagesQuery = z
  .object({
    limit: digits('50'),
    beforeTime: z
      .string()
      .regex(/^[0-9]+$/, 'expected digits')
      .transform(Number)
      .optional(),
    beforeId: id.optional(),
    botSessionId: id.optional(),
  })
  .refine(
    (query) => (query.beforeTime === undefined) === (query.beforeId === undefined),
    'beforeTime and beforeId come together',
  )
  .refine(
    (query) => query.beforeTime !== undefined || query.botSessionId !== undefined,
    'a filter is required: botSessionId, or beforeTime with beforeId',
  );

export type SearchQuery = z.infer<typeof searchQuery>;
export type MessagesQuery = z.infer<typeof messagesQuery>;

/** Reads the query of Search Chats; throws a `Refusal` (400) for what the documentation does not allow. */
export function readSearchQuery(parameters: URLSearchParams): SearchQuery {
  return read(searchQuery, parameters);
}

/** Reads the query of Get Messages; throws a `Refusal` (400) for what the documentation does not allow. */
export function readMessagesQuery(parameters: URLSearchParams): MessagesQuery {
  return read(messagesQuery, parameters);
}

function read<Query>(schema: z.ZodType<Query>, parameters: URLSearchParams): Query {
  const values = new Map<string, string | string[]>();
  // `labels[]=a`, `labels[0]=a` and their percent-encoded forms are one list; a repeated scalar is an error.
  for (const [name, value] of parameters) {
    const key = name.replace(/\[\d*\]$/, '[]');
    const earlier = values.get(key);
    if (earlier === undefined) values.set(key, key.endsWith('[]') ? [value] : value);
    else values.set(key, [earlier, value].flat());
  }
  return accept(schema, Object.fromEntries(values));
}

/** The value as the schema has it, or a `Refusal` (400) that names the first thing wrong with it. */
export function accept<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Refusal(400, [issue?.path.join('.'), issue?.message].filter(Boolean).join(': '));
}
