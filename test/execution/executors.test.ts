import { setImmediate as macrotask } from 'node:timers/promises';
import fc from 'fast-check';
import { execute, type GraphQLError, getOperationAST, isObjectType, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { createExecutor } from '../../src/execution/execute.ts';
import { OperationPlan } from '../../src/execution/plan.ts';
import { documents } from './support/documents.ts';
import { type Ran, run, schema } from './support/world.ts';

// graphql-js is the oracle: over generated documents and worlds in which anything may be late, missing or fail, the
// planned execution calls the same resolvers in the same order and answers the same, errors included: before its objects
// have code of their own, and when they have.

const planned = createExecutor(schema, { compileAfter: Infinity });
const compiled = createExecutor(schema, { compileAfter: 0 });

const variables = fc.record(
  {
    n: fc.constantFrom<unknown>(1, 7, 'x', null),
    wish: fc.constantFrom<unknown>({ size: 1 }, { size: null }, { name: 'n' }, null),
    id: fc.constantFrom<unknown>('a', 5, null),
    text: fc.constantFrom<unknown>('a', 'b', null, 5),
    yes: fc.constantFrom<unknown>(true, false, true, 'x'),
    no: fc.constantFrom<unknown>(true, false, null),
  },
  { requiredKeys: [] },
);

test('planned execution is graphql-js in all but its cost', async () => {
  await fc.assert(
    fc.asyncProperty(documents, fc.nat(), variables, async (text, world, variableValues) => {
      const document = parse(text);
      expect(validate(schema, document).filter(isMaterial)).toEqual([]);
      const oracle = await deafToRejections(() => run(execute, world, { document, variableValues }));
      const first = await run(planned, world, { document, variableValues });
      const withKnownPlan = await run(planned, world, { document, variableValues });
      const withCode = await run(compiled, world, { document, variableValues });
      expect(comparable(first)).toEqual(comparable(oracle));
      expect(comparable(withKnownPlan)).toEqual(comparable(oracle));
      expect(comparable(withCode)).toEqual(comparable(oracle));
    }),
    { numRuns: 250 },
  );
});

test.each([undefined, 'Second', 'Third'])(
  'of several operations the one called %s',
  async (operationName) => {
    const document = parse('query First { pear { id } } mutation Second { number(plus: 1) }');
    const [oracle, found] = [
      await run(execute, 1, { document, operationName }),
      await run(planned, 1, { document, operationName }),
    ];
    expect(comparable(found)).toEqual(comparable(oracle));
  },
);

/** graphql-js leaves promises of a list behind whose rejection nobody handles; planned execution must not. */
async function deafToRejections<T>(task: () => Promise<T>): Promise<T> {
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', () => {});
  try {
    return await task();
  } finally {
    await macrotask();
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

/** A fragment that nothing spreads is no reason not to run the rest. */
function isMaterial({ message }: GraphQLError): boolean {
  return !/is never used/.test(message);
}

function comparable({ result, calls }: Ran) {
  return {
    calls,
    // As text: the order of keys counts, and so does a key called __proto__.
    data: JSON.stringify(result.data),
    errors: result.errors?.map((error) => ({ ...error.toJSON(), message: toClients(error.message) })),
  };
}

/** What is wrong with the type of a value is for the log, in whatever words; clients see a defect. */
function toClients(message: string): string {
  return /^(Abstract type|Runtime Object type)|is not a possible type/.test(message) ? 'defect' : message;
}

test('a plan keeps nothing of the variables but what decides the selection', () => {
  const text = 'query ($id: ID!, $yes: Boolean!) { any(id: $id) { __typename @include(if: $yes) } }';
  const document = parse(text);
  const definition = getOperationAST(document);
  if (definition == null) throw new Error('no operation');
  const plan = new OperationPlan(schema, document, definition, { hideSuggestions: false, compileAfter: 0 });
  const seen: (string | symbol)[] = [];
  const variables = new Proxy(
    { id: 'large', yes: true },
    {
      get(target, name) {
        seen.push(name);
        return Reflect.get(target, name);
      },
    },
  );
  const [any] = plan.root(variables).fields;
  seen.length = 0;
  const apple = schema.getType('Apple');
  if (!isObjectType(apple)) throw new Error('no Apple');
  expect(any?.on(apple).fields.map(({ responseName }) => responseName)).toEqual(['__typename']);
  // What is planned later is decided by what was kept, without a look at the variables of the first request.
  expect(seen).toEqual([]);
});
