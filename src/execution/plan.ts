import {
  type DocumentNode,
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
import { type Shape, shapeOf } from './shape.ts';

export type Variables = Readonly<Record<string, unknown>>;
export type Arguments = Readonly<Record<string, unknown>>;

/** Variants of one operation that are kept. More than a few would let one document hold a great deal of memory. */
const MAX_VARIANTS = 4;

/**
 * What execution would find out about an operation each time that it runs, found out once: which fields it selects on
 * which type, how they are defined, and the arguments that no variable is part of. `@skip` and `@include` may depend on
 * variables, so there is a variant for each combination of those.
 */
export class OperationPlan {
  readonly schema: GraphQLSchema;
  readonly definition: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly #conditions: readonly string[];
  readonly #variants = new Map<string, readonly FieldPlan[]>();

  constructor(schema: GraphQLSchema, document: DocumentNode, definition: OperationDefinitionNode) {
    this.schema = schema;
    this.definition = definition;
    this.fragments = Object.fromEntries(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
      ),
    );
    this.#conditions = conditionVariables(document);
  }

  /** The root fields of a run with these variables, which have been coerced. */
  rootFields(variables: Variables): readonly FieldPlan[] {
    const key = this.#conditions.map((name) => variables[name]).join();
    const known = this.#variants.get(key);
    if (known !== undefined) return known;
    const { operation, selectionSet } = this.definition;
    const type = this.schema.getRootType(operation);
    if (type == null) {
      const message = `Schema is not configured to execute ${operation} operation.`;
      throw new GraphQLError(message, { nodes: this.definition });
    }
    // Those alone that decide what is selected: a plan outlives the request, and must not keep the rest of its variables.
    const conditions = Object.fromEntries(
      this.#conditions.flatMap((name) => (Object.hasOwn(variables, name) ? [[name, variables[name]]] : [])),
    );
    const fields = new Selections(this, conditions).fieldsOf(type, [selectionSet]);
    if (this.#variants.size >= MAX_VARIANTS) this.#variants.clear();
    this.#variants.set(key, fields);
    return fields;
  }
}

/** One field of an answer: where it stands, how it is resolved, and what is selected under it. */
export class FieldPlan {
  readonly responseName: string;
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly resolve: NonNullable<GraphQLField<unknown, unknown>['resolve']>;
  readonly shape: Shape;
  /** Several where selections of the same response name are merged. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly #selections: Selections;
  readonly #subfields = new Map<GraphQLObjectType, readonly FieldPlan[]>();
  readonly #dependsOnVariables: boolean;
  #constantArguments: Arguments | undefined;

  constructor(
    parentType: GraphQLObjectType,
    definition: GraphQLField<unknown, unknown>,
    nodes: FieldPlan['nodes'],
    selections: Selections,
  ) {
    this.responseName = responseNameOf(nodes[0]);
    this.parentType = parentType;
    this.definition = definition;
    this.resolve = definition.resolve ?? defaultFieldResolver;
    this.shape = shapeOf(definition.type);
    this.nodes = nodes;
    this.#selections = selections;
    this.#dependsOnVariables = hasVariables(nodes[0]);
  }

  /** Throws a GraphQLError for what graphql-js would refuse. */
  arguments(variables: Variables): Arguments {
    if (this.#constantArguments !== undefined) return this.#constantArguments;
    const values = getArgumentValues(this.definition, this.nodes[0], variables);
    if (!this.#dependsOnVariables) this.#constantArguments = Object.freeze(values);
    return values;
  }

  /** What is selected on an object type that the field yields. */
  subfields(type: GraphQLObjectType): readonly FieldPlan[] {
    const known = this.#subfields.get(type);
    if (known !== undefined) return known;
    const sets = this.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const fields = this.#selections.fieldsOf(type, sets);
    this.#subfields.set(type, fields);
    return fields;
  }
}

/** Gathers fields from selection sets, as the section "Field Collection" of the specification has it. */
export class Selections {
  readonly #operation: Pick<OperationPlan, 'schema' | 'fragments'>;
  readonly #variables: Variables;

  constructor(operation: Pick<OperationPlan, 'schema' | 'fragments'>, variables: Variables) {
    this.#operation = operation;
    this.#variables = variables;
  }

  /** The fields selected on a type, in the order of the answer. */
  fieldsOf(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): readonly FieldPlan[] {
    if (type.isTypeOf) throw new Error(`${type.name} has isTypeOf, which plans do not know of.`);
    const nodes = new Map<string, [FieldNode, ...FieldNode[]]>();
    const spread = new Set<string>();
    for (const set of sets) this.#gather(set, type, nodes, spread);
    return [...nodes.values()].flatMap((merged) => {
      const definition = this.#definitionOf(type, merged[0].name.value);
      return definition === undefined ? [] : new FieldPlan(type, definition, merged, this);
    });
  }

  #gather(
    { selections }: SelectionSetNode,
    type: GraphQLObjectType,
    nodes: Map<string, [FieldNode, ...FieldNode[]]>,
    spread: Set<string>,
  ): void {
    for (const selection of selections) {
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      if (isSpread && spread.has(selection.name.value)) continue;
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const merged = nodes.get(responseNameOf(selection));
        if (merged === undefined) nodes.set(responseNameOf(selection), [selection]);
        else merged.push(selection);
        continue;
      }
      if (isSpread) spread.add(selection.name.value);
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#operation.fragments[selection.name.value];
      if (fragment !== undefined && this.#applies(fragment.typeCondition?.name.value, type)) {
        this.#gather(fragment.selectionSet, type, nodes, spread);
      }
    }
  }

  #isIncluded(selection: SelectionNode): boolean {
    if (getDirectiveValues(GraphQLSkipDirective, selection, this.#variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, this.#variables)?.if !== false;
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditionType = this.#operation.schema.getType(condition);
    return isAbstractType(conditionType) && this.#operation.schema.isSubType(conditionType, type);
  }

  #definitionOf(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> | undefined {
    if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
    if (type === this.#operation.schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return type.getFields()[name];
  }
}

function responseNameOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

function hasVariables({ arguments: args = [] }: FieldNode): boolean {
  let found = false;
  for (const argument of args) {
    visit(argument, {
      Variable() {
        found = true;
      },
    });
  }
  return found;
}

/** The variables that decide what is skipped and included, in any operation of the document. */
function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: args = [] }) {
      if (name.value !== GraphQLSkipDirective.name && name.value !== GraphQLIncludeDirective.name) return;
      for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
