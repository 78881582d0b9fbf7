import {
  defaultTypeResolver,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLAbstractType,
  type GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  getOperationAST,
  getVariableValues,
  isObjectType,
  locatedError,
  type OperationDefinitionNode,
  responsePathAsArray,
} from 'graphql';
import type { MaybePromise } from '../model/maybe-promise.ts';
import { type FieldPlan, OperationPlan, type Variables } from './plan.ts';
import { type Path, ResolveInfo, type Run } from './resolve-info.ts';
import type { Shape } from './shape.ts';

// graphql-js works out anew, for each field of each object in each answer, what the document alone decides; that is
// three quarters of what an inbox costs. This executes from a plan that is made once for an operation.
//
// It follows graphql-js function by function, so that null propagation, error paths and the order of resolvers are the
// same; test/execution compares the two over generated documents. Not graphql-jit: an item of a list that rejects lands
// at the wrong index there, its errors have neither nodes nor a code, and each new document costs it milliseconds.

/**
 * Makes the executor of one schema, in the place of graphql-js's `execute` for queries and mutations. With
 * `hideSuggestions` the errors of variables suggest no names ("Did you mean"), out of which the schema can be guessed.
 */
export function createExecutor(schema: ExecutionArgs['schema'], { hideSuggestions = false } = {}) {
  const plans = new WeakMap<OperationDefinitionNode, OperationPlan>();
  return (args: ExecutionArgs): MaybePromise<ExecutionResult> => {
    const definition = getOperationAST(args.document, args.operationName);
    // graphql-js has the words for a document that has no such operation.
    if (definition == null) return execute(args);
    let plan = plans.get(definition);
    if (plan === undefined) {
      plan = new OperationPlan(schema, args.document, definition);
      plans.set(definition, plan);
    }
    const { variableDefinitions = [] } = definition;
    const { coerced, errors } = getVariableValues(schema, variableDefinitions, args.variableValues ?? {}, {
      maxErrors: 50,
      hideSuggestions,
    });
    return errors ? { errors } : new Execution(plan, coerced, args.contextValue).run();
  };
}

/** One run of an operation. */
class Execution implements Run {
  readonly plan: OperationPlan;
  readonly variables: Variables;
  readonly #context: unknown;
  readonly #errors: GraphQLError[] = [];
  /** Where an error has already nulled the answer; undefined: at its root. */
  readonly #nulled = new Set<Path | undefined>();

  constructor(plan: OperationPlan, variables: Variables, context: unknown) {
    this.plan = plan;
    this.variables = variables;
    this.#context = context;
  }

  run(): MaybePromise<ExecutionResult> {
    try {
      const fields = this.plan.rootFields(this.variables);
      const isSerial = this.plan.definition.operation === 'mutation';
      const data = isSerial ? this.#serially(fields) : this.#fields(fields, undefined, undefined);
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
    this.#note(locatedError(error, undefined), undefined);
    return this.#result(null);
  }

  /** The root fields of a mutation, each after the one before it has ended. */
  async #serially(fields: readonly FieldPlan[]): Promise<Data> {
    const data = new Data();
    for (const field of fields) data[field.responseName] = await this.#field(field, undefined, undefined);
    return data;
  }

  #fields(fields: readonly FieldPlan[], source: unknown, path: Path | undefined): MaybePromise<Data> {
    const data = new Data();
    let underWay: Late[] | undefined;
    try {
      for (const field of fields) {
        const { responseName } = field;
        const value = this.#field(field, source, path);
        // Assigned at once even so, because the order of the answer is that of the selection.
        data[responseName] = value;
        if (!(value instanceof Promise)) continue;
        underWay ??= [];
        underWay.push({ responseName, value });
      }
    } catch (error) {
      if (underWay === undefined) throw error;
      // Thrown when the others have ended, which may fail too.
      return Promise.all(underWay.map(({ value }) => value)).finally(() => {
        throw error;
      }) as Promise<never>;
    }
    return underWay === undefined ? data : whole(data, underWay);
  }

  #field(field: FieldPlan, source: unknown, parentPath: Path | undefined): unknown {
    const info = new ResolveInfo(this, field, parentPath);
    let value: unknown;
    try {
      value = field.resolve(source, field.arguments(this.variables), this.#context, info);
    } catch (error) {
      return this.#fieldError(error, field.shape, info, undefined);
    }
    return this.#settle(field.shape, info, undefined, value);
  }

  /** Completes a value that may be on its way, of a field or, with its path, of an item of the field's list. */
  #settle(shape: Shape, info: ResolveInfo, itemPath: Path | undefined, value: unknown): unknown {
    if (value instanceof Promise) return this.#settleLater(shape, info, itemPath, value);
    try {
      const completed = this.#complete(shape, info, itemPath, value);
      return completed instanceof Promise ? this.#guard(shape, info, itemPath, completed) : completed;
    } catch (error) {
      return this.#fieldError(error, shape, info, itemPath);
    }
  }

  // These stand apart because V8 makes room for what closures capture on every call of the function around them.

  #settleLater(
    shape: Shape,
    info: ResolveInfo,
    itemPath: Path | undefined,
    value: Promise<unknown>,
  ): Promise<unknown> {
    return value.then(
      (done) => this.#settle(shape, info, itemPath, done),
      (error) => this.#fieldError(error, shape, info, itemPath),
    );
  }

  #guard(
    shape: Shape,
    info: ResolveInfo,
    itemPath: Path | undefined,
    completed: Promise<unknown>,
  ): Promise<unknown> {
    return completed.then(undefined, (error) => this.#fieldError(error, shape, info, itemPath));
  }

  #fieldError(thrown: unknown, { isNonNull }: Shape, info: ResolveInfo, itemPath: Path | undefined): null {
    const path = itemPath ?? info.path;
    const error = locatedError(thrown, info.field.nodes, responsePathAsArray(path));
    if (isNonNull) throw error;
    this.#note(error, path);
    return null;
  }

  /** Notes an error, unless an earlier one has nulled the place that it comes from. */
  #note(error: GraphQLError, path: Path | undefined): void {
    for (let place = path; place !== undefined; place = place.prev) if (this.#nulled.has(place)) return;
    if (this.#nulled.has(undefined)) return;
    this.#nulled.add(path);
    this.#errors.push(error);
  }

  #complete(shape: Shape, info: ResolveInfo, itemPath: Path | undefined, value: unknown): unknown {
    if (value == null) {
      if (shape.isNonNull)
        throw new Error(`Cannot return null for non-nullable field ${nameOf(info.field)}.`);
      return null;
    }
    if (value instanceof Error) throw value;
    switch (shape.kind) {
      case 'leaf':
        return completeLeaf(shape.type, value);
      case 'object':
        return this.#fields(info.field.subfields(shape.type), value, itemPath ?? info.path);
      case 'list':
        return this.#list(shape.of, info, itemPath ?? info.path, value);
      case 'abstract':
        return this.#abstract(shape.type, info, itemPath ?? info.path, value);
    }
  }

  #list(of: Shape, info: ResolveInfo, path: Path, value: unknown): unknown {
    if (!isIterable(value)) {
      throw new Error(`Expected Iterable, but did not find one for field "${nameOf(info.field)}".`);
    }
    const items: unknown[] = [];
    let hasPromises = false;
    try {
      for (const item of value) {
        const itemPath: Path = { prev: path, key: items.length, typename: undefined };
        const completed = this.#settle(of, info, itemPath, item);
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

  #abstract(type: GraphQLAbstractType, info: ResolveInfo, path: Path, value: unknown): unknown {
    const resolveType = type.resolveType ?? defaultTypeResolver;
    const name = resolveType(value, this.#context, info, type);
    const complete = (typename: string | undefined) =>
      this.#fields(info.field.subfields(this.#possibleType(type, typename)), value, path);
    return name instanceof Promise ? name.then(complete) : complete(name);
  }

  #possibleType(type: GraphQLAbstractType, name: string | undefined): GraphQLObjectType {
    const { schema } = this.plan;
    const possible = name === undefined ? undefined : schema.getType(name);
    if (isObjectType(possible) && schema.isSubType(type, possible)) return possible;
    throw new Error(`${name} is not a possible type for "${type.name}".`);
  }
}

/** An object of the answer. It inherits nothing, so that `__proto__` is an alias like others; a constructor keeps it fast. */
class Data {
  [responseName: string]: unknown;
}
Object.setPrototypeOf(Data.prototype, null);

/** A field of an object whose value is on its way. */
interface Late {
  readonly responseName: string;
  readonly value: Promise<unknown>;
}

/** The object, once everything in it has arrived; nearly always that is one field. */
function whole(data: Data, underWay: readonly Late[]): Promise<Data> {
  const [first, ...others] = underWay;
  if (first !== undefined && others.length === 0) {
    return first.value.then((done) => {
      data[first.responseName] = done;
      return data;
    });
  }
  return Promise.all(underWay.map(({ value }) => value)).then((values) => {
    for (const [index, { responseName }] of underWay.entries()) data[responseName] = values[index];
    return data;
  });
}

function completeLeaf(type: GraphQLLeafType, value: unknown): unknown {
  const serialized = type.serialize(value);
  if (serialized == null) throw new Error(`${type.name} cannot represent a value.`);
  return serialized;
}

function nameOf({ parentType, definition }: FieldPlan): string {
  return `${parentType.name}.${definition.name}`;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
