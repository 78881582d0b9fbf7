import { array, constantFrom, assert as hold, nat, property, record } from 'fast-check';
import { type DocumentNode, type FragmentDefinitionNode, parse, type SelectionSetNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { type DocumentSize, documentSize } from '../../../src/limits/document-size.ts';

const sizeOf = (document: string) => documentSize(parse(document));

describe('the size of a document', () => {
  test('counts a root field as depth 1, and inline fragments as none', () => {
    expect(sizeOf('{ a }').depth).toBe(1);
    expect(sizeOf('{ a { b { c } } d }').depth).toBe(3);
    expect(sizeOf('{ ... { ... on Query { a { ... on A { b } } } } }').depth).toBe(2);
  });

  test('counts named fragments at the depth where they are spread', () => {
    expect(sizeOf('{ a { ...F } } fragment F on A { b { c } }').depth).toBe(3);
  });

  test('counts a fragment that is spread a hundred times a hundred times', () => {
    const size = sizeOf(`{ ${'...F @d '.repeat(100)} } fragment F on Query @e { x: a @c @c }`);
    expect(size).toMatchObject({ aliases: 100, directives: 400, directivesOnNode: 2 });
  });

  test('counts directives on operations, variables, fragments and spreads', () => {
    const size = sizeOf(
      'query ($v: Int @a @b) @c { a @d @e @f ... @g { b } ...F @h } fragment F on Query @i { c }',
    );
    expect(size).toMatchObject({ directives: 9, directivesOnNode: 3 });
  });

  test('takes the largest of several operations, and passes over fragments that nobody spreads', () => {
    const size = sizeOf('query A { x: a y: a } query B { a { b } } fragment F on Query { z: a { b { c } } }');
    expect(size).toMatchObject({ depth: 2, aliases: 2 });
  });

  test('takes no longer for fragments that double at every step', () => {
    const steps = Array.from(
      { length: 150 },
      (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`,
    );
    const size = sizeOf(`{ ...F0 } ${steps.join(' ')} fragment F150 on Query { x: a }`);
    expect(size.aliases).toBe(2 ** 150);
  });

  test('ends for fragments that spread themselves', () => {
    expect(
      sizeOf('{ ...A } fragment A on Query { x: a ...B } fragment B on Query { y: a ...A }').aliases,
    ).toBe(2);
    expect(sizeOf('{ ...A } fragment A on Query { a { ...A } }').depth).toBe(1);
  });

  test('is that of the document with every spread written out', () => {
    hold(
      property(documents, (document) => {
        expect(sizeOf(document)).toEqual(writtenOut(parse(document)));
      }),
    );
  });
});

/** Fragments spread only later ones, so that there is no cycle. */
const documents = array(
  record({
    before: constantFrom('a', 'x: a', 'a @d', 'x: a @d @d'),
    spreads: array(nat(3), { maxLength: 3 }),
    wrap: constantFrom('', 'a', 'x: b @d', '...'),
  }),
  { minLength: 1, maxLength: 5 },
).map((fragments) => {
  const body = ({ before, spreads, wrap }: (typeof fragments)[number], index: number) => {
    const names = spreads.map((step) => index + 1 + step).filter((target) => target < fragments.length);
    const inner = [before, ...names.map((target) => `...F${target} @s`)].join(' ');
    return wrap === '' ? `{ ${inner} }` : `{ ${wrap} { ${inner} } }`;
  };
  const definitions = fragments.map((fragment, i) =>
    i === 0 ? `query Q @q ${body(fragment, i)}` : `fragment F${i} on Query @f ${body(fragment, i)}`,
  );
  return definitions.join('\n');
});

/** The same figures by walking every path. */
function writtenOut({ definitions }: DocumentNode): DocumentSize {
  const fragments = new Map(
    definitions.flatMap((definition) =>
      definition.kind === 'FragmentDefinition' ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const total = { depth: 0, aliases: 0, directives: 0, directivesOnNode: 0 };
  const see = (directives: readonly unknown[] = []) => {
    total.directives += directives.length;
    total.directivesOnNode = Math.max(total.directivesOnNode, directives.length);
  };
  const walk = (set: SelectionSetNode | undefined, depth: number): void => {
    for (const selection of set?.selections ?? []) {
      see(selection.directives);
      if (selection.kind === 'Field') {
        total.depth = Math.max(total.depth, depth);
        if (selection.alias) total.aliases += 1;
        walk(selection.selectionSet, depth + 1);
      } else if (selection.kind === 'InlineFragment') {
        walk(selection.selectionSet, depth);
      } else {
        const fragment: FragmentDefinitionNode | undefined = fragments.get(selection.name.value);
        see(fragment?.directives);
        walk(fragment?.selectionSet, depth);
      }
    }
  };
  const [operation] = definitions;
  if (operation?.kind === 'OperationDefinition') {
    see(operation.directives);
    walk(operation.selectionSet, 1);
  }
  return total;
}
