import {
  type FieldNode,
  type FragmentSpreadNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  type InlineFragmentNode,
  isAbstractType,
  type SelectionNode,
} from 'graphql';
import type { Context } from '../context.ts';

// Execution asks for a child's data only when the parent's has arrived. Where the parent's identity is known before
// it is read (`chat(chatId:)`, `node(id:)`), the children's reads need not wait: a field may declare `prefetch`, which
// starts the very read that its resolver will ask the loaders for. A prefetch only warms a loader, so it can never
// make a call that the field itself would not make.

/** Starts the reads of a field whose parent is known but not read yet. Must not throw and is not awaited. */
export type Prefetch<Parent> = (parent: Parent, args: Record<string, unknown>, context: Context) => void;

/** The sub-selection of a field that is being looked ahead of. */
export interface Selected {
  /** Runs the prefetches declared on the selected fields of an object type, as if `parent` had just been resolved. */
  ahead(typeName: string, parent: unknown): void;
  /** Response names do not matter here: the distinct fields selected on an object type. */
  fieldNames(typeName: string): ReadonlySet<string>;
}

/** Field extensions that declare a prefetch. */
export function prefetches<Parent>(prefetch: Prefetch<Parent>): { prefetch: Prefetch<Parent> } {
  return { prefetch };
}

/** What the field that is being resolved selects, for its resolver to look ahead. */
export function selectedBy(info: GraphQLResolveInfo, context: Context): Selected {
  return new Selection(info.fieldNodes, info, context);
}

class Selection implements Selected {
  readonly #nodes: readonly FieldNode[];
  readonly #info: GraphQLResolveInfo;
  readonly #context: Context;

  constructor(nodes: readonly FieldNode[], info: GraphQLResolveInfo, context: Context) {
    this.#nodes = nodes;
    this.#info = info;
    this.#context = context;
  }

  ahead(typeName: string, parent: unknown): void {
    const type = this.#objectType(typeName);
    const fields = type.getFields();
    for (const node of this.#fields(type)) {
      const field = fields[node.name.value];
      const prefetch = field?.extensions.prefetch;
      if (field === undefined || !isPrefetch(prefetch)) continue;
      const args = argumentsOf(field, node, this.#info);
      if (args) prefetch(parent, args, this.#context);
    }
  }

  fieldNames(typeName: string): ReadonlySet<string> {
    return new Set([...this.#fields(this.#objectType(typeName))].map((node) => node.name.value));
  }

  #objectType(name: string): GraphQLObjectType {
    return this.#info.schema.getType(name) as GraphQLObjectType;
  }

  /** The fields that execution will resolve on this type: fragments spread, @skip and @include decided. */
  *#fields(type: GraphQLObjectType): Generator<FieldNode> {
    // Each fragment once, as execution collects them: fragments that spread one another twice would double at each.
    const spread = new Set<string>();
    for (const node of this.#nodes) {
      if (node.selectionSet) yield* this.#collect(node.selectionSet.selections, type, spread);
    }
  }

  *#collect(
    selections: readonly SelectionNode[],
    type: GraphQLObjectType,
    spread: Set<string>,
  ): Generator<FieldNode> {
    for (const selection of selections) {
      if (!this.#included(selection)) continue;
      if (selection.kind === 'Field') {
        yield selection;
        continue;
      }
      const fragment = this.#fragment(selection, spread);
      if (fragment !== undefined && this.#applies(fragment.typeCondition?.name.value, type)) {
        yield* this.#collect(fragment.selectionSet.selections, type, spread);
      }
    }
  }

  #fragment(selection: InlineFragmentNode | FragmentSpreadNode, spread: Set<string>) {
    if (selection.kind === 'InlineFragment') return selection;
    const name = selection.name.value;
    if (spread.has(name)) return undefined;
    spread.add(name);
    return this.#info.fragments[name];
  }

  #included(selection: SelectionNode): boolean {
    const { variableValues } = this.#info;
    if (getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.if !== false;
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wider = this.#info.schema.getType(condition);
    return isAbstractType(wider) && this.#info.schema.isSubType(wider, type);
  }
}

function isPrefetch(value: unknown): value is Prefetch<unknown> {
  return typeof value === 'function';
}

/** Null for arguments that cannot be read; the field's own turn will report them. */
function argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode, info: GraphQLResolveInfo) {
  try {
    return getArgumentValues(field, node, info.variableValues);
  } catch {
    return null;
  }
}
