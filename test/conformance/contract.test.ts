import { readFileSync } from 'node:fs';
import {
  buildClientSchema,
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { expect, test } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const contract = buildSchema(readFileSync(new URL('./contract.graphql', import.meta.url), 'utf8'));

/** Federation's own types, which other specifications describe. */
const FEDERATION = /^_/;

async function runningSchema(): Promise<GraphQLSchema> {
  await using gateway = await startGateway();
  const { data } = await gateway.query<IntrospectionQuery>(getIntrospectionQuery());
  if (!data) throw new Error('introspection gave no data');
  return buildClientSchema(data);
}

type Described = { description?: string | null | undefined };

/** Each place of a schema as a path with a signature: what must not change under clients' feet. */
function signatures(schema: GraphQLSchema): Map<string, { signature: string; at: Described }> {
  const found = new Map<string, { signature: string; at: Described }>();
  const note = (path: string, signature: string, at: Described) => found.set(path, { signature, at });
  const withArgs = (path: string, field: GraphQLField<unknown, unknown>) => {
    note(path, String(field.type), field);
    for (const arg of field.args) note(`${path}(${arg.name}:)`, input(arg), arg);
  };
  const input = (value: GraphQLArgument | GraphQLInputField) =>
    `${value.type} = ${JSON.stringify(value.defaultValue) ?? 'none'}`;

  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type) || FEDERATION.test(type.name)) continue;
    note(type.name, kindOf(type), type);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) withArgs(`${type.name}.${field.name}`, field);
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        note(`${type.name}.${field.name}`, input(field), field);
    } else if (isEnumType(type)) {
      for (const value of type.getValues()) note(`${type.name}.${value.name}`, 'value', value);
    }
  }
  return found;
}

function kindOf(type: GraphQLNamedType): string {
  if (isUnionType(type)) return `union of ${type.getTypes().map(String).sort().join(', ')}`;
  if (isObjectType(type)) return `type implementing ${type.getInterfaces().map(String).sort().join(', ')}`;
  return type.constructor.name;
}

test('the running schema has everything of the contract, to the letter', async () => {
  const running = signatures(await runningSchema());
  const wanted = Object.fromEntries(
    [...signatures(contract)].map(([path, { signature }]) => [path, signature]),
  );
  const found = Object.fromEntries(Object.keys(wanted).map((path) => [path, running.get(path)?.signature]));
  expect(Object.keys(wanted).length).toBeGreaterThan(250);
  expect(found).toEqual(wanted);
});

test('everything is described, and says more than its name does', async () => {
  const poor: string[] = [];
  for (const [path, { at }] of signatures(await runningSchema())) {
    const name = path.split(/[.(]/).at(-1)?.replace(/:\)$/, '') ?? path;
    if (!saysMore(name, at.description)) poor.push(`${path}: ${at.description}`);
  }
  expect(poor).toEqual([]);
});

/** Words that carry nothing of their own in a description. */
const FILLER = new Set(
  'a an the of is are was if it its this that in on for to with which or and by at'.split(' '),
);

/** Whether at least two words are left when the name's own words and filler are taken away. */
function saysMore(name: string, description: string | null | undefined): boolean {
  const words = (text: string) =>
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const stem = (word: string) => word.replace(/(es|s|ed|ing)$/, '');
  const own = new Set(words(name).map(stem));
  const left = words(description ?? '').filter((word) => !FILLER.has(word) && !own.has(stem(word)));
  return new Set(left).size >= 2;
}

test.each([
  ['messageId', 'The message id.'],
  ['name', 'Name of it'],
  ['at', null],
  ['createdAt', 'Created at'],
])('the check refuses "%s: %s"', (name, description) => {
  expect(saysMore(name, description)).toBe(false);
});
