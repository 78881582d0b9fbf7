import {
  GraphQLBoolean,
  type GraphQLError,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLSchema,
  GraphQLString,
  getNullableType,
  getVariableValues,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { Data } from './data.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** What a request gave for the variables, as their types have it; or what is wrong with it. */
export type Coerced = { readonly coerced: Variables } | { readonly errors: readonly GraphQLError[] };

/** A variable of a type whose values are nearly always what they are to become. */
interface PlainVariable {
  readonly name: string;
  readonly isItself: (value: unknown) => boolean;
  /** Whether it may be left out, and then stays so. */
  readonly isOptional: boolean;
}

/**
 * Coerces the variables of one operation as graphql-js does. Nearly all variables are plain scalars that are right
 * already, which is seen here at once; everything else, and every error, is left to graphql-js, which looks up each
 * type in the schema anew.
 */
export class VariablesPlan {
  readonly #schema: GraphQLSchema;
  readonly #definitions: readonly VariableDefinitionNode[];
  readonly #hideSuggestions: boolean;
  /** Undefined where some variable is not plain. */
  readonly #plain: readonly PlainVariable[] | undefined;

  constructor(schema: GraphQLSchema, definition: OperationDefinitionNode, hideSuggestions: boolean) {
    this.#schema = schema;
    this.#definitions = definition.variableDefinitions ?? [];
    this.#hideSuggestions = hideSuggestions;
    const plain = this.#definitions.flatMap((variable) => plainVariable(schema, variable) ?? []);
    this.#plain = plain.length === this.#definitions.length ? plain : undefined;
  }

  coerce(given: Variables): Coerced {
    const coerced = this.#plain && asTheyAre(this.#plain, given);
    if (coerced !== undefined) return { coerced };
    const result = getVariableValues(this.#schema, this.#definitions, given, {
      maxErrors: 50,
      hideSuggestions: this.#hideSuggestions,
    });
    return result.errors ? { errors: result.errors } : { coerced: result.coerced };
  }
}

/** Undefined unless every variable is what it is to become. */
function asTheyAre(plain: readonly PlainVariable[], given: Variables): Variables | undefined {
  const coerced = new Data();
  for (const { name, isItself, isOptional } of plain) {
    if (Object.hasOwn(given, name)) {
      const value = given[name];
      if (!isItself(value)) return undefined;
      coerced[name] = value;
    } else if (!isOptional) {
      return undefined;
    }
  }
  return coerced;
}

function plainVariable(
  schema: GraphQLSchema,
  { variable, type: typeNode, defaultValue }: VariableDefinitionNode,
): PlainVariable | undefined {
  const type = typeFromAST(schema, typeNode);
  const isScalar = IS_ITSELF.get(getNullableType(type));
  if (isScalar === undefined) return undefined;
  const isNullable = !isNonNullType(type);
  return {
    name: variable.name.value,
    isItself: isNullable ? (value) => value === null || isScalar(value) : isScalar,
    isOptional: isNullable && defaultValue === undefined,
  };
}

/** The values that coercion to a type leaves as they are. */
const IS_ITSELF = new Map<unknown, (value: unknown) => boolean>([
  [GraphQLString, isString],
  [GraphQLID, isString],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
  [GraphQLFloat, Number.isFinite],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
]);

function isString(value: unknown): boolean {
  return typeof value === 'string';
}
