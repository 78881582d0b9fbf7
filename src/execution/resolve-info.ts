import type { GraphQLResolveInfo } from 'graphql';
import { type Path, pathOf } from './path.ts';
import { FieldPlan, type OperationPlan, Selections } from './plan.ts';
import type { Variables } from './variables.ts';

/** What is the same for all fields of one run of an operation. */
export interface Run {
  readonly plan: OperationPlan;
  readonly variables: Variables;
}

/** What a resolver may ask about its place. Most ask nothing, so nothing is worked out before. */
export class ResolveInfo implements GraphQLResolveInfo {
  readonly field: FieldPlan;
  readonly #run: Run;
  readonly #parentPath: Path | undefined;
  #path: Path | undefined;

  constructor(run: Run, field: FieldPlan, parentPath: Path | undefined) {
    this.field = field;
    this.#run = run;
    this.#parentPath = parentPath;
  }

  get path(): Path {
    const { responseName, parentType } = this.field;
    this.#path ??= pathOf(parentType, this.#parentPath, responseName);
    return this.#path;
  }
  get fieldName() {
    return this.field.definition.name;
  }
  get fieldNodes() {
    return this.field.nodes;
  }
  get returnType() {
    return this.field.definition.type;
  }
  get parentType() {
    return this.field.parentType;
  }
  get schema() {
    return this.#run.plan.schema;
  }
  get fragments() {
    return this.#run.plan.fragments;
  }
  get rootValue() {
    return undefined;
  }
  get operation() {
    return this.#run.plan.definition;
  }
  get variableValues() {
    return this.#run.variables;
  }
}

/** The plan of the field that is being resolved; made here when graphql-js executes, which has none. */
export function planOf(info: GraphQLResolveInfo): FieldPlan {
  if (info instanceof ResolveInfo) return info.field;
  const { schema, fragments, parentType, fieldName, fieldNodes, variableValues } = info;
  const definition = parentType.getFields()[fieldName];
  const [node, ...merged] = fieldNodes;
  if (definition === undefined || node === undefined) throw new TypeError('no field is being resolved');
  const selections = new Selections({ schema, fragments, compileAfter: Infinity }, variableValues);
  return new FieldPlan(parentType, definition, [node, ...merged], selections);
}
