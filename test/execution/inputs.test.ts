import fc from 'fast-check';
import {
  buildSchema,
  type FieldNode,
  GraphQLError,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { expect, test } from 'vitest';
import { argumentsOf } from '../../src/execution/arguments.ts';
import { VariablesPlan } from '../../src/execution/variables.ts';

// What is taken as it is, without graphql-js, is what graphql-js would have made of it.

const schema = buildSchema(`
  enum Colour { RED GREEN }
  input Inner { deep: Int = 7 name: String! }
  input Wish { size: Int! = 2 name: String colours: [Colour!] inner: Inner __proto: String }
  input OneOf @oneOf { text: String number: Int }
  type Query {
    f(text: String = "t", id: ID, whole: Int, must: Int!, real: Float, flag: Boolean, list: [Int], wish: Wish, one: OneOf): Int
  }
`);
const TYPES = ['String', 'ID', 'Int', 'Float', 'Boolean', 'Colour', 'Wish', '[Int]', 'OneOf'];

const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>('a', '', 0, -0, 5, 1.5, 2 ** 31, 2 ** 31 - 1, Number.NaN, true, null, undefined),
  fc.constantFrom<unknown>('RED', [1, 2], [null], {}, { size: 3 }, { name: 'n', inner: {} }, { text: 'a' }),
);
const name = fc.constantFrom('a', 'b', '__proto__', 'constructor');

function operationOf(text: string): OperationDefinitionNode {
  const operation = getOperationAST(parse(text));
  if (operation == null) throw new Error('no operation');
  return operation;
}

function outcomeOf(task: () => unknown): unknown {
  try {
    return { value: task() };
  } catch (error) {
    if (error instanceof GraphQLError) return error.toJSON();
    throw error;
  }
}

/** As text, for zeros of either sign and the like. */
function written(
  result: ReturnType<typeof getVariableValues> | ReturnType<VariablesPlan['coerce']>,
): unknown {
  if ('errors' in result) return result.errors?.map((error) => error.toJSON());
  return Object.entries(result.coerced ?? {}).map(([key, found]) => [key, found, Object.is(found, -0)]);
}

test('variables are what graphql-js makes of them', () => {
  const definition = fc
    .record({
      type: fc.constantFrom(...TYPES),
      isNonNull: fc.boolean(),
      fallback: fc.constantFrom('', '', ' = null', ' = 3', ' = "x"'),
    })
    .map(({ type, isNonNull, fallback }) => `${type}${isNonNull ? '!' : ''}${fallback}`);
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1 }),
      fc.array(definition, { minLength: 4, maxLength: 4 }),
      fc.dictionary(name, value),
      (names, types, given) => {
        const declared = names.map((variable, index) => `$${variable}: ${types[index]}`);
        const operation = operationOf(`query (${declared.join(', ')}) { f(must: 1) }`);
        const oracle = getVariableValues(schema, operation.variableDefinitions ?? [], given, {
          maxErrors: 50,
        });
        expect(written(new VariablesPlan(schema, operation, false).coerce(given))).toEqual(written(oracle));
      },
    ),
    { numRuns: 3000 },
  );
});

test('arguments are what graphql-js makes of them', () => {
  const field = schema.getQueryType()?.getFields().f;
  if (field === undefined) throw new Error('no field');
  const scalar = fc.constantFrom('$a', '$b', '1', '"s"', 'null', 'RED', '2.5');
  const inner = fc.tuple(scalar, scalar).map(([deep, own]) => `{ deep: ${deep}, name: ${own} }`);
  const wish = fc.oneof(
    fc.tuple(scalar, inner).map(([size, of]) => `{ size: ${size}, inner: ${of} }`),
    fc.tuple(scalar, scalar).map(([own, colour]) => `{ name: ${own}, colours: [${colour}] }`),
    scalar,
  );
  const one = fc.tuple(fc.constantFrom('text', 'number'), scalar).map(([key, of]) => `{ ${key}: ${of} }`);
  const values = fc.record(
    {
      text: scalar,
      id: scalar,
      whole: scalar,
      must: scalar,
      real: scalar,
      flag: scalar,
      list: scalar,
      wish,
      one,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(values, fc.dictionary(fc.constantFrom('a', 'b'), value), (given, variables) => {
      const text = Object.entries(given)
        .map(([key, of]) => `${key}: ${of}`)
        .join(', ');
      const [selection] = operationOf(`{ f${text && `(${text})`} }`).selectionSet.selections;
      const node = selection as FieldNode;
      const read = argumentsOf(field, node);
      const oracle = outcomeOf(() => getArgumentValues(field, node, variables));
      expect(outcomeOf(() => read(variables))).toEqual(oracle);
      expect(outcomeOf(() => Object.keys(read(variables)))).toEqual(
        outcomeOf(() => Object.keys(getArgumentValues(field, node, variables))),
      );
    }),
    { numRuns: 3000 },
  );
});
