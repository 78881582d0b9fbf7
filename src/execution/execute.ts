import {
  defaultTypeResolver,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLAbstractType,
  type GraphQLError,
  type GraphQLObjectType,
  getOperationAST,
  isObjectType,
  locatedError,
  type OperationDefinitionNode,
  responsePathAsArray,
} from 'graphql';
import type { MaybePromise } from '../model/maybe-promise.ts';
import { completeLeaf } from './complete-leaf.ts';
import { Data, type Late, thrown, whole, withLate } from './data.ts';
import type { Runtime } from './object-code.ts';
import { type Key, type Path, pathOf } from './path.ts';
import { type FieldPlan, type ObjectPlan, OperationPlan, type PlanOptions } from './plan.ts';
import { ResolveInfo, type Run } from './resolve-info.ts';
import type { Shape } from './shape.ts';
import type { Variables } from './variables.ts';

// graphql-js works out anew, for each field of each object in each answer, what the document alone decides; that is
// three quarters of what an inbox costs. This executes from a plan that is made once for an operation.
//
// It follows graphql-js function by function, so that null propagation, error paths and the order of resolvers are the
// same; test/execution compares the two over generated documents. Not graphql-jit: an item of a list that rejects lands
// at the wrong index there, its errors have neither nodes nor a code, and each new document costs it milliseconds. What
// is worth compiling, objects that are filled again and again, object-code.ts compiles.

/** Makes the executor of one schema, in the place of graphql-js's `execute` for queries and mutations. */
export function createExecutor(schema: ExecutionArgs['schema'], options: Partial<PlanOptions> = {}) {
  const { hideSuggestions = false, compileAfter = 500 } = options;
  const plans = new WeakMap<OperationDefinitionNode, OperationPlan>();
  return (args: ExecutionArgs): MaybePromise<ExecutionResult> => {
    const definition = getOperationAST(args.document, args.operationName);
    // graphql-js has the words for a document that has no such operation.
    if (definition == null) return execute(args);
    let plan = plans.get(definition);
    if (plan === undefined) {
      plan = new OperationPlan(schema, args.document, definition, { hideSuggestions, compileAfter });
      plans.set(definition, plan);
    }
    const variables = plan.variables.coerce(args.variableValues ?? {});
    if ('errors' in variables) return variables;
    return new Execution(plan, variables.coerced, args.contextValue).run();
  };
}

/** One run of an operation. */
class Execution implements Run, Runtime<FieldPlan> {
  readonly plan: OperationPlan;
  readonly variables: Variables;
  readonly context: unknown;
  readonly #errors: GraphQLError[] = [];
  /** Where errors have already nulled the answer: keys by the path of what they are in. Undefined until one has. */
  #nulled: Map<Path | undefined, Set<Key | undefined>> | undefined;

  constructor(plan: OperationPlan, variables: Variables, context: unknown) {
    this.plan = plan;
    this.variables = variables;
    this.context = context;
  }

  run(): MaybePromise<ExecutionResult> {
    try {
      const root = this.plan.root(this.variables);
      const isSerial = this.plan.definition.operation === 'mutation';
      const data = isSerial ? this.#serially(root.fields) : this.#object(root, undefined, undefined);
      return data instanceof Promise
        ? data.then(
            (done) => this.#result(done),
            (error) => this.#failure(error),
          )
        : this.#result(data);
    } catch (error) {
      return this.#failure(error);
    }
  }

  #result(data: Data | null): ExecutionResult {
    return this.#errors.length === 0 ? { data } : { errors: this.#errors, data };
  }

  #failure(error: unknown): ExecutionResult {
    this.#note(locatedError(error, undefined), undefined, undefined);
    return this.#result(null);
  }

  /** The root fields of a mutation, each after the one before it has ended. */
  async #serially(fields: readonly FieldPlan[]): Promise<Data> {
    const data = new Data();
    for (const field of fields) data[field.responseName] = await this.field(field, undefined, undefined);
    return data;
  }

  #object(plan: ObjectPlan, source: unknown, path: Path | undefined): MaybePromise<Data> {
    const { code } = plan;
    return code === undefined ? this.#fields(plan.fields, source, path) : code(this, source, path);
  }

  /** What the code of a plan does, as long as it has none. */
  #fields(fields: readonly FieldPlan[], source: unknown, path: Path | undefined): MaybePromise<Data> {
    const data = new Data();
    let underWay: Late[] | undefined;
    try {
      for (const field of fields) {
        const { responseName } = field;
        const value = this.field(field, source, path);
        // Assigned at once even so, because the order of the answer is that of the selection.
        data[responseName] = value;
        if (value instanceof Promise) underWay = withLate(underWay, responseName, value);
      }
    } catch (error) {
      return thrown(error, underWay);
    }
    return underWay === undefined ? data : whole(data, underWay);
  }

  info(field: FieldPlan, parent: Path | undefined): ResolveInfo {
    return new ResolveInfo(this, field, parent);
  }

  field(field: FieldPlan, source: unknown, parent: Path | undefined): unknown {
    let value: unknown;
    try {
      const info = this.info(field, parent);
      value = field.resolve(source, field.arguments(this.variables), this.context, info);
    } catch (error) {
      return this.failed(field, parent, error);
    }
    return this.settle(field, parent, value);
  }

  settle(field: FieldPlan, parent: Path | undefined, value: unknown): unknown {
    return this.#settle(field, field.shape, parent, field.responseName, value);
  }

  failed(field: FieldPlan, parent: Path | undefined, error: unknown): null {
    return this.#fieldError(error, field, field.shape, parent, field.responseName);
  }

  // A place of the answer is what it is in and its key there. It is made a path of only when something is in it, or
  // went wrong: most of what an answer consists of are leaves.

  /** Completes a value that may be on its way, of a field or of an item of the field's list. */
  #settle(field: FieldPlan, shape: Shape, parent: Path | undefined, key: Key, value: unknown): unknown {
    if (value instanceof Promise) return this.#settleLater(field, shape, parent, key, value);
    try {
      const completed = this.#complete(field, shape, parent, key, value);
      if (!(completed instanceof Promise)) return completed;
      // What is wrong within an object or a list has its place by then, and goes on up where null must not be.
      if (shape.isNonNull && shape.kind !== 'abstract') return completed;
      return this.#guard(field, shape, parent, key, completed);
    } catch (error) {
      return this.#fieldError(error, field, shape, parent, key);
    }
  }

  // These stand apart because V8 makes room for what closures capture on every call of the function around them.

  #settleLater(
    field: FieldPlan,
    shape: Shape,
    parent: Path | undefined,
    key: Key,
    value: Promise<unknown>,
  ): Promise<unknown> {
    return value.then(
      (done) => this.#settle(field, shape, parent, key, done),
      (error) => this.#fieldError(error, field, shape, parent, key),
    );
  }

  #guard(
    field: FieldPlan,
    shape: Shape,
    parent: Path | undefined,
    key: Key,
    completed: Promise<unknown>,
  ): Promise<unknown> {
    return completed.then(undefined, (error) => this.#fieldError(error, field, shape, parent, key));
  }

  #fieldError(error: unknown, field: FieldPlan, shape: Shape, parent: Path | undefined, key: Key): null {
    const located = locatedError(
      error,
      field.nodes,
      responsePathAsArray(pathOf(field.parentType, parent, key)),
    );
    if (shape.isNonNull) throw located;
    this.#note(located, parent, key);
    return null;
  }

  /** Notes an error, unless an earlier one has nulled the place that it comes from; no key: all there is. */
  #note(error: GraphQLError, parent: Path | undefined, key: Key | undefined): void {
    this.#nulled ??= new Map();
    if (this.#nulled.get(undefined)?.has(undefined)) return;
    if (this.#nulled.get(parent)?.has(key)) return;
    for (let path = parent; path !== undefined; path = path.prev) {
      if (this.#nulled.get(path.prev)?.has(path.key)) return;
    }
    const siblings = this.#nulled.get(parent);
    if (siblings === undefined) this.#nulled.set(parent, new Set([key]));
    else siblings.add(key);
    this.#errors.push(error);
  }

  #complete(field: FieldPlan, shape: Shape, parent: Path | undefined, key: Key, value: unknown): unknown {
    if (value == null) {
      if (shape.isNonNull) throw new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`);
      return null;
    }
    if (value instanceof Error) throw value;
    switch (shape.kind) {
      case 'leaf':
        return completeLeaf(shape.type, value);
      case 'object':
        return this.#object(field.on(shape.type), value, pathOf(field.parentType, parent, key));
      case 'list':
        return this.#list(field, shape.of, pathOf(field.parentType, parent, key), value);
      case 'abstract':
        return this.#abstract(field, shape.type, parent, key, value);
    }
  }

  #list(field: FieldPlan, of: Shape, path: Path, value: unknown): unknown {
    if (!isIterable(value)) {
      throw new Error(`Expected Iterable, but did not find one for field "${nameOf(field)}".`);
    }
    const items: unknown[] = [];
    let hasPromises = false;
    try {
      for (const item of value) {
        const completed = this.#settle(field, of, path, items.length, item);
        hasPromises ||= completed instanceof Promise;
        items.push(completed);
      }
    } catch (error) {
      // What else of the list is under way may fail too, and nobody would hear of it.
      Promise.allSettled([...items, ...value]);
      throw error;
    }
    return hasPromises ? Promise.all(items) : items;
  }

  #abstract(
    field: FieldPlan,
    type: GraphQLAbstractType,
    parent: Path | undefined,
    key: Key,
    value: unknown,
  ): unknown {
    const resolveType = type.resolveType ?? defaultTypeResolver;
    const info = this.info(field, parentOfField(parent, key));
    const name = resolveType(value, this.context, info, type);
    const complete = (typename: string | undefined) =>
      this.#object(
        field.on(this.#possibleType(type, typename)),
        value,
        pathOf(field.parentType, parent, key),
      );
    return name instanceof Promise ? name.then(complete) : complete(name);
  }

  #possibleType(type: GraphQLAbstractType, name: string | undefined): GraphQLObjectType {
    const { schema } = this.plan;
    const possible = name === undefined ? undefined : schema.getType(name);
    if (isObjectType(possible) && schema.isSubType(type, possible)) return possible;
    throw new Error(`${name} is not a possible type for "${type.name}".`);
  }
}

/** What the field is in whose value, or item at some depth, has this place. */
function parentOfField(parent: Path | undefined, key: Key): Path | undefined {
  let place = { prev: parent, key };
  while (typeof place.key === 'number' && place.prev !== undefined) place = place.prev;
  return place.prev;
}

function nameOf({ parentType, definition }: FieldPlan): string {
  return `${parentType.name}.${definition.name}`;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
