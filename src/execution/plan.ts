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
import { type Arguments, argumentsOf } from './arguments.ts';
import { type CodeField, compileObject, type ObjectCode } from './object-code.ts';
import { type Shape, shapeOf } from './shape.ts';
import { type Variables, VariablesPlan } from './variables.ts';

/** Variants of one operation that are kept. More than a few would let one document hold a great deal of memory. */
const MAX_VARIANTS = 4;

export interface PlanOptions {
  /** Whether the errors of variables suggest no names ("Did you mean"), out of which the schema can be guessed. */
  readonly hideSuggestions: boolean;
  /** Objects that a selection fills before it gets code of its own: until then that would cost more than it saves. */
  readonly compileAfter: number;
}

/**
 * What execution would find out about an operation each time that it runs, found out once: which fields it selects on
 * which type, how they are defined, and the arguments that no variable is part of. `@skip` and `@include` may depend on
 * variables, so there is a variant for each combination of those.
 */
export class OperationPlan {
  readonly schema: GraphQLSchema;
  readonly definition: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: VariablesPlan;
  readonly compileAfter: number;
  readonly #conditions: readonly string[];
  readonly #variants = new Map<string, ObjectPlan>();

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    definition: OperationDefinitionNode,
    { hideSuggestions, compileAfter }: PlanOptions,
  ) {
    this.schema = schema;
    this.definition = definition;
    this.variables = new VariablesPlan(schema, definition, hideSuggestions);
    this.compileAfter = compileAfter;
    this.fragments = Object.fromEntries(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
      ),
    );
    this.#conditions = conditionVariables(document);
  }

  /** What a run with these variables, which have been coerced, selects at its root. */
  root(variables: Variables): ObjectPlan {
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
    const root = new Selections(this, conditions).on(type, [selectionSet]);
    if (this.#variants.size >= MAX_VARIANTS) this.#variants.clear();
    this.#variants.set(key, root);
    return root;
  }
}

/** What is selected on an object. */
export class ObjectPlan {
  /** In the order of the answer. */
  readonly fields: readonly FieldPlan[];
  #code: ObjectCode<FieldPlan> | undefined;
  #untilCompiled: number;

  constructor(fields: readonly FieldPlan[], compileAfter: number) {
    this.fields = fields;
    this.#untilCompiled = compileAfter;
  }

  /** The code that fills such an object, once it has been asked for often enough. */
  get code(): ObjectCode<FieldPlan> | undefined {
    if (this.#code === undefined && this.#untilCompiled-- <= 0) this.#code = compileObject(this.fields);
    return this.#code;
  }
}

/** One field of an answer: where it stands, how it is resolved, and what is selected under it. */
export class FieldPlan implements CodeField {
  readonly responseName: string;
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly resolve: NonNullable<GraphQLField<unknown, unknown>['resolve']>;
  readonly shape: Shape;
  readonly name: string;
  readonly takesArguments: boolean;
  /** Whether the resolver names a fourth parameter: making what would be handed to it costs more than most resolvers. */
  readonly takesInfo: boolean;
  /** Throws a GraphQLError for what graphql-js would refuse. */
  readonly arguments: (variables: Variables) => Arguments;
  /** Several where selections of the same response name are merged. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  readonly #selections: Selections;
  readonly #objects = new Map<GraphQLObjectType, ObjectPlan>();

  constructor(
    parentType: GraphQLObjectType,
    definition: GraphQLField<unknown, unknown>,
    nodes: FieldPlan['nodes'],
    selections: Selections,
  ) {
    this.responseName = responseNameOf(nodes[0]);
    this.parentType = parentType;
    this.definition = definition;
    // Clients that normalise what they get ask each object for its __typename.
    this.resolve =
      definition === TypeNameMetaFieldDef
        ? () => parentType.name
        : (definition.resolve ?? defaultFieldResolver);
    this.shape = shapeOf(definition.type);
    this.name = definition.name;
    this.takesArguments = definition.args.length > 0;
    this.takesInfo = this.resolve.length > 3;
    this.nodes = nodes;
    this.#selections = selections;
    this.arguments = argumentsOf(definition, nodes[0]);
  }

  /** What is selected on an object type that the field yields. */
  on(type: GraphQLObjectType): ObjectPlan {
    const known = this.#objects.get(type);
    if (known !== undefined) return known;
    const sets = this.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const plan = this.#selections.on(type, sets);
    this.#objects.set(type, plan);
    return plan;
  }
}

/** What of an operation decides how its selections are planned. */
export type Planned = Pick<OperationPlan, 'schema' | 'fragments' | 'compileAfter'>;

/** Gathers fields from selection sets, as the section "Field Collection" of the specification has it. */
export class Selections {
  readonly #operation: Planned;
  readonly #variables: Variables;

  constructor(operation: Planned, variables: Variables) {
    this.#operation = operation;
    this.#variables = variables;
  }

  /** What is selected on a type. */
  on(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): ObjectPlan {
    if (type.isTypeOf) throw new Error(`${type.name} has isTypeOf, which plans do not know of.`);
    const nodes = new Map<string, [FieldNode, ...FieldNode[]]>();
    const spread = new Set<string>();
    for (const set of sets) this.#gather(set, type, nodes, spread);
    const fields = [...nodes.values()].flatMap((merged) => {
      const definition = this.#definitionOf(type, merged[0].name.value);
      return definition === undefined ? [] : new FieldPlan(type, definition, merged, this);
    });
    return new ObjectPlan(fields, this.#operation.compileAfter);
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
