import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { type Estimate, estimateOf, FREE, type Part, shared, together } from './cost-part.ts';
import { COST_RULES, type CostRule } from './cost-rules.ts';
import { needsOf } from './needs.ts';

/** Compiles an operation of a valid document to what its estimate depends on. */
export function operationPart(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Part {
  const root = schema.getRootType(operation.operation);
  return root ? new Plan(schema, document).selectionSet(operation.selectionSet, root) : FREE;
}

class Plan {
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  /** By fragment and type: what a fragment costs differs between the types of an abstract field. */
  readonly #fragmentParts = new Map<string, Part>();

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode) {
    this.#schema = schema;
    for (const definition of definitions) {
      if (definition.kind === 'FragmentDefinition') this.#fragments.set(definition.name.value, definition);
    }
  }

  selectionSet(selectionSet: SelectionSetNode, type: GraphQLObjectType): Part {
    return together(
      selectionSet.selections.map((selection) =>
        conditional(selection.directives, this.#selection(selection, type)),
      ),
    );
  }

  #selection(selection: SelectionNode, type: GraphQLObjectType): Part {
    if (selection.kind === 'Field') return this.#field(selection, type);
    if (selection.kind === 'InlineFragment') {
      return this.#fragment(selection.typeCondition?.name.value, selection.selectionSet, type);
    }
    const key = `${selection.name.value} ${type.name}`;
    const known = this.#fragmentParts.get(key);
    const fragment = this.#fragments.get(selection.name.value);
    if (known !== undefined || fragment === undefined) return known ?? FREE;
    const part = shared(this.#fragment(fragment.typeCondition.name.value, fragment.selectionSet, type));
    this.#fragmentParts.set(key, part);
    return part;
  }

  #fragment(condition: string | undefined, selectionSet: SelectionSetNode, type: GraphQLObjectType): Part {
    const wanted = condition === undefined ? type : this.#schema.getType(condition);
    const applies = wanted === type || (isAbstractType(wanted) && this.#schema.isSubType(wanted, type));
    return applies ? this.selectionSet(selectionSet, type) : FREE;
  }

  #field(node: FieldNode, parent: GraphQLObjectType): Part {
    const field = parent.getFields()[node.name.value];
    // Introspection costs no call.
    if (field === undefined) return FREE;
    const type = getNamedType(field.type);
    const own = { calls: 0, nodes: this.#isNode(type) ? 1 : 0, needs: needsOf(parent, field) };
    const under = new Map<string, Part>();
    if (node.selectionSet && isCompositeType(type)) {
      for (const possible of this.#objectTypes(type)) {
        under.set(possible.name, shared(this.selectionSet(node.selectionSet, possible)));
      }
    }
    const rule = COST_RULES[`${parent.name}.${field.name}`];
    if (rule === undefined) return together([own, ...under.values()]);
    return ruled(rule, node, own, (typename = type.name) => under.get(typename) ?? FREE);
  }

  #objectTypes(type: GraphQLNamedType): readonly GraphQLObjectType[] {
    if (isAbstractType(type)) return this.#schema.getPossibleTypes(type);
    return isObjectType(type) ? [type] : [];
  }

  /** Whether values of the type are, or may be, objects with a global id. */
  #isNode(type: GraphQLNamedType): boolean {
    return this.#objectTypes(type).some((possible) =>
      possible.getInterfaces().some(({ name }) => name === 'Node'),
    );
  }
}

/** A field with a cost of its own: what it yields, that many times what is under it. */
function ruled(
  rule: CostRule,
  node: FieldNode,
  own: Estimate,
  under: (typename: string | undefined) => Part,
): Part {
  const values = new Map(node.arguments?.map((argument) => [argument.name.value, argument.value]));
  return (evaluation) => {
    const args = (name: string) => {
      const value = values.get(name);
      return value && valueFromASTUntyped(value, evaluation.variables);
    };
    let { needs } = own;
    let nodes = 0;
    let calls = rule.calls(args);
    for (const { count, distinct, typename, reads } of rule.yields(args, evaluation.maxPageSize)) {
      const each = estimateOf(under(typename), evaluation);
      calls += (distinct ?? count) * (each.calls + (reads?.(each.needs) ?? 0));
      nodes += count * (own.nodes + each.nodes);
      if (reads === undefined) needs |= each.needs;
    }
    return { calls, nodes, needs };
  };
}

const DROPPED_WHEN: ReadonlyMap<string, boolean> = new Map([
  ['skip', true],
  ['include', false],
]);

/** A part under @skip and @include. */
function conditional(directives: readonly DirectiveNode[] = [], part: Part): Part {
  return directives.reduce<Part>((inner, { name, arguments: args }) => {
    const condition = args?.find((argument) => argument.name.value === 'if')?.value;
    const dropped = DROPPED_WHEN.get(name.value);
    if (condition === undefined || dropped === undefined) return inner;
    return (evaluation) =>
      valueFromASTUntyped(condition, evaluation.variables) === dropped ? FREE : estimateOf(inner, evaluation);
  }, part);
}
