import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  getArgumentValues,
  getNullableType,
  isInputObjectType,
  isNonNullType,
  Kind,
  type ObjectFieldNode,
  type ValueNode,
  valueFromAST,
  visit,
} from 'graphql';
import { Data } from './data.ts';
import type { Variables } from './variables.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** Reads a value: the value, that there is none, or that graphql-js has to say what it is, or what is wrong. */
type Read = (variables: Variables) => unknown;
const ABSENT = Symbol('absent');
const ASK_GRAPHQL_JS = Symbol('ask graphql-js');

/**
 * Makes what reads the arguments of a field, as graphql-js's `getArgumentValues` does: constants once, and per request
 * only what variables are part of. It throws the GraphQLError of graphql-js for what is not as it must be.
 */
export function argumentsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Variables) => Arguments {
  const given = definition.args.length === 0 ? [] : (node.arguments ?? []);
  if (!given.some(({ value }) => hasVariables(value))) {
    let constant: Arguments | undefined;
    return (variables) => {
      constant ??= Object.freeze(getArgumentValues(definition, node, variables));
      return constant;
    };
  }
  const read = readMembers(definition.args, given, () => ({}));
  return (variables) => {
    const values = read(variables);
    return isArguments(values) ? values : getArgumentValues(definition, node, variables);
  };
}

function isArguments(value: unknown): value is Arguments {
  return typeof value === 'object';
}

/** Reads the arguments of a field, or the fields of an input object, into an object that `create` makes. */
function readMembers(
  definitions: readonly (GraphQLArgument | GraphQLInputField)[],
  given: readonly Pick<ObjectFieldNode, 'name' | 'value'>[],
  create: () => Record<string, unknown>,
): Read {
  const reads = definitions.map((definition) => {
    const node = given.find(({ name }) => name.value === definition.name);
    return { name: definition.name, read: readMember(definition, node?.value) };
  });
  return (variables) => {
    const values = create();
    for (const { name, read } of reads) {
      const value = read(variables);
      if (value === ASK_GRAPHQL_JS) return ASK_GRAPHQL_JS;
      if (value !== ABSENT) values[name] = value;
    }
    return values;
  };
}

function readMember({ type, defaultValue }: GraphQLArgument | GraphQLInputField, node?: ValueNode): Read {
  const absent = defaultValue !== undefined ? defaultValue : isNonNullType(type) ? ASK_GRAPHQL_JS : ABSENT;
  if (node === undefined) return () => absent;
  if (node.kind !== Kind.VARIABLE) return readValue(node, type);
  const name = node.name.value;
  return (variables) => {
    if (!Object.hasOwn(variables, name)) return absent;
    const value = variables[name];
    return value === undefined || (value === null && isNonNullType(type)) ? ASK_GRAPHQL_JS : value;
  };
}

function readValue(node: ValueNode, type: GraphQLInputType): Read {
  if (!hasVariables(node)) {
    const value = valueFromAST(node, type);
    return () => (value === undefined ? ASK_GRAPHQL_JS : value);
  }
  const nullable = getNullableType(type);
  if (node.kind === Kind.OBJECT && isInputObjectType(nullable) && !nullable.isOneOf) {
    // As graphql-js has it: they inherit nothing.
    return readMembers(Object.values(nullable.getFields()), node.fields, () => new Data());
  }
  return () => ASK_GRAPHQL_JS;
}

function hasVariables(node: ValueNode): boolean {
  let found = false;
  visit(node, {
    Variable() {
      found = true;
    },
  });
  return found;
}
