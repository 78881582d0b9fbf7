import { type GraphQLResolveInfo, isObjectType } from 'graphql';
import type { Context } from '../context.ts';
import type { Arguments } from '../execution/arguments.ts';
import type { FieldPlan } from '../execution/plan.ts';
import { planOf } from '../execution/resolve-info.ts';
import type { Variables } from '../execution/variables.ts';

// Execution asks for a child's data only when the parent's has arrived. Where the parent's identity is known before
// it is read (`chat(chatId:)`, `node(id:)`), the children's reads need not wait: a field may declare `prefetch`, which
// starts the very read that its resolver will ask the loaders for. A prefetch only warms a loader, so it can never
// make a call that the field itself would not make.

/** Starts the reads of a field whose parent is known but not read yet. Must not throw and is not awaited. */
export type Prefetch<Parent> = (parent: Parent, args: Arguments, context: Context) => void;

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
  return new Selection(info, context);
}

class Selection implements Selected {
  readonly #field: FieldPlan;
  readonly #info: GraphQLResolveInfo;
  readonly #context: Context;

  constructor(info: GraphQLResolveInfo, context: Context) {
    this.#field = planOf(info);
    this.#info = info;
    this.#context = context;
  }

  ahead(typeName: string, parent: unknown): void {
    for (const field of this.#fields(typeName)) {
      const { prefetch } = field.definition.extensions;
      if (!isPrefetch(prefetch)) continue;
      const args = argumentsOf(field, this.#info.variableValues);
      if (args) prefetch(parent, args, this.#context);
    }
  }

  fieldNames(typeName: string): ReadonlySet<string> {
    return new Set(this.#fields(typeName).map(({ definition }) => definition.name));
  }

  /** The fields that execution will resolve on this type: fragments spread, @skip and @include decided. */
  #fields(typeName: string): readonly FieldPlan[] {
    const type = this.#info.schema.getType(typeName);
    return isObjectType(type) ? this.#field.on(type).fields : [];
  }
}

function isPrefetch(value: unknown): value is Prefetch<unknown> {
  return typeof value === 'function';
}

/** Null for arguments that cannot be read; the field's own turn will report them. */
function argumentsOf(field: FieldPlan, variables: Variables): Arguments | null {
  try {
    return field.arguments(variables);
  } catch {
    return null;
  }
}
