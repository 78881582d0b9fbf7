/** What a GraphQL answer can be written as, the default first. */
export const ANSWER_TYPES = [
  'application/json',
  'application/graphql-response+json',
  'text/event-stream',
] as const;

export type AnswerType = (typeof ANSWER_TYPES)[number];

/** Nearly all requests: what most of them ask for is not taken apart. */
const USUAL: ReadonlyMap<string, AnswerType> = new Map([
  ['*/*', 'application/json'],
  ...ANSWER_TYPES.map((type) => [type, type] as const),
]);

/**
 * The best answer type for an Accept header: the highest q, then the order given. Wildcards and no header at
 * all mean `application/json`, which the GraphQL over HTTP specification has clients of old expect. Undefined when
 * nothing acceptable can be written.
 */
export function negotiate(accept = '*/*'): AnswerType | undefined {
  const usual = USUAL.get(accept);
  if (usual !== undefined) return usual;
  let best: AnswerType | undefined;
  let bestQ = 0;
  for (const range of accept.toLowerCase().split(',')) {
    const [name = '', ...params] = range.split(';').map((part) => part.trim());
    if (params.some((param) => param.startsWith('charset=') && param !== 'charset=utf-8')) continue;
    const type = ANSWER_TYPES.find((candidate) => matches(candidate, name));
    const q = Number(params.find((param) => param.startsWith('q='))?.slice(2) ?? 1);
    if (type !== undefined && q > bestQ) [best, bestQ] = [type, q];
  }
  return best;
}

function matches(type: AnswerType, range: string): boolean {
  return range === type || range === '*/*' || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

/** A POST's body: JSON in UTF-8 and nothing else. Forms and text are what pages can send without asking. */
export function isJsonBody(contentType: string | undefined): boolean {
  return (
    contentType === 'application/json' ||
    /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '')
  );
}
