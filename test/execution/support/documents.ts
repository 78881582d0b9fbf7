import fc from 'fast-check';

/** What can be selected on a type of the world: fields with the type of what is under them, or none. */
const FIELDS: Readonly<Record<string, readonly (readonly [field: string, under?: string])[]>> = {
  Thing: [
    ['id'],
    ['number'],
    ['number(plus: 2)'],
    ['number(plus: $n)'],
    ['number(plus: $unset, times: [$n, 3])'],
    ['thing', 'Thing'],
    ['things', 'Thing'],
  ],
  Apple: [['colour'], ['pear', 'Pear'], ['any', 'Any'], ['pears', 'Pear'], ['matrix']],
  Pear: [['shade'], ['apple', 'Apple'], ['apples', 'Apple'], ['anys', 'Any']],
  Any: [],
  Query: [
    ['apple', 'Apple'],
    ['apple(wish: { name: "red" })', 'Apple'],
    ['apple(wish: $wish)', 'Apple'],
    ['apple(wish: { name: $text })', 'Apple'],
    ['apple(wish: { name: "red", size: $n })', 'Apple'],
    ['pear', 'Pear'],
    ['thing', 'Thing'],
    ['things', 'Thing'],
    ['any(id: 5)', 'Any'],
    ['any(id: $id)', 'Any'],
  ],
  Mutation: [['apple', 'Apple'], ['pear', 'Pear'], ['thing', 'Thing'], ['number(plus: $n)']],
};
const INTERFACES: Readonly<Record<string, readonly string[]>> = { Apple: ['Thing'], Pear: ['Thing'] };
/** Types that a fragment on an object of the first may be on. */
const NARROWER: Readonly<Record<string, readonly string[]>> = {
  Thing: ['Apple', 'Pear', 'Any'],
  Any: ['Apple', 'Pear', 'Thing'],
  Apple: ['Thing', 'Any', 'Apple'],
  Pear: ['Thing', 'Any'],
};
const DIRECTIVES = [
  '',
  '',
  '',
  '',
  ' @skip(if: $yes)',
  ' @skip(if: $no)',
  ' @include(if: $no)',
  ' @include(if: true)',
];

function selection(type: string, depth: number, spreads = true): fc.Arbitrary<string> {
  const fields = [type, ...(INTERFACES[type] ?? [])].flatMap((name) => FIELDS[name] ?? []);
  const leaves = fields.filter(([, under]) => under === undefined);
  const choices = depth === 0 ? leaves : fields;
  const parts: fc.Arbitrary<string>[] = [fc.constant('__typename')];
  for (const [field, under] of choices) {
    // A response name stands for one field and its arguments, so that two of them can be merged.
    const names = field.includes('(') ? [] : [field];
    if (field === 'id') names.push('__proto__: id');
    const name = fc.constantFrom(`${alias(field)}: ${field}`, ...names);
    const inner = under === undefined ? fc.constant('') : selection(under, depth - 1, spreads);
    parts.push(fc.tuple(name, directive, inner).map(([text, when, set]) => `${text}${when}${set}`));
  }
  if (depth > 0) {
    for (const narrower of NARROWER[type] ?? []) {
      const inner = selection(narrower, depth - 1, spreads);
      parts.push(fc.tuple(directive, inner).map(([when, set]) => `... on ${narrower}${when}${set}`));
    }
    if (NARROWER[type] && spreads) parts.push(directive.map((when) => `...Shared${when}`));
  }
  return fc
    .array(fc.oneof(...parts), { minLength: 1, maxLength: 5 })
    .map((texts) => ` { ${texts.join(' ')} }`);
}

const directive = fc.constantFrom(...DIRECTIVES);

function alias(field: string): string {
  return `a_${field.replace(/\W+/g, '_')}`;
}

/** Queries and mutations over the world, most of them valid. */
export const documents: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('query', 'query', 'query', 'mutation'), fc.integer({ min: 1, max: 4 }))
  .chain(([kind, depth]) =>
    fc.tuple(
      fc.constant(kind),
      selection(kind === 'query' ? 'Query' : 'Mutation', depth),
      selection('Thing', 1, false),
    ),
  )
  .map(
    ([kind, root, shared]) =>
      `${kind} Run($n: Int! = 4, $unset: Int, $text: String, $wish: Wish, $id: ID! = "x", $yes: Boolean! = true, $no: Boolean = false)${root}
       fragment Shared on Thing${shared}`,
  );
