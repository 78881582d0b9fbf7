import {
  defaultFieldResolver,
  GraphQLBoolean,
  type GraphQLFieldResolver,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLResolveInfo,
  GraphQLString,
} from 'graphql';
import type { MaybePromise } from '../model/maybe-promise.ts';
import { completeLeaf } from './complete-leaf.ts';
import { Data, thrown, whole, withLate } from './data.ts';
import type { Path } from './path.ts';
import type { Shape } from './shape.ts';

// An inbox has some four hundred leaves. A loop over the fields of an object meets each through calls and writes that
// could be to anything; in code made for this selection V8 knows all of them. For `{ title agent }` it is, in short:
//
//   (runtime, source, path) => {
//     let underWay, value0, value1;
//     try {
//       try { value0 = resolve0(source, NO_ARGUMENTS, context); } catch (error) { value0 = runtime.failed(...); }
//       if (value0 == null) value0 = null; else if (typeof value0 !== 'string') value0 = runtime.settle(...);
//       ... the same for value1, which no leaf is, and so is settled in any case
//     } catch (error) { return thrown(error, underWay); }
//     return new Data(value0, value1);
//   }

/** A field as its code needs to know it. */
export interface CodeField {
  readonly responseName: string;
  readonly name: string;
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  readonly shape: Shape;
  readonly takesArguments: boolean;
  readonly takesInfo: boolean;
}

/** The run of an operation, as the code of an object needs it. */
export interface Runtime<Field> {
  readonly context: unknown;
  /** The fourth parameter of a field's resolver. */
  info(field: Field, parent: Path | undefined): GraphQLResolveInfo;
  /** Resolves a field and completes its value: null or an error for what fails. */
  field(field: Field, source: unknown, parent: Path | undefined): unknown;
  /** Completes what the resolver of a field returned. */
  settle(field: Field, parent: Path | undefined, value: unknown): unknown;
  /** Null where a resolver threw; throws on where null must not be. */
  failed(field: Field, parent: Path | undefined, error: unknown): null;
}

/** Fills the object of the answer that a source stands for. */
export type ObjectCode<Field> = (
  runtime: Runtime<Field>,
  source: unknown,
  path: Path | undefined,
) => MaybePromise<Data>;

/**
 * Writes the code that fills objects with these fields. It calls resolvers in the same order as the loop in execute.ts
 * and leaves to `Runtime` all that is not a leaf of a plain type.
 */
export function compileObject<Field extends CodeField>(fields: readonly Field[]): ObjectCode<Field> {
  const values = fields.map((_, index) => `value${index}`);
  const given = { fields, objectLike, completeLeaf, thrown, whole, withLate, inheritNothing: Data.prototype };
  const code = `'use strict';
    const [${fields.map((_, index) => `field${index}`)}] = fields;
    ${fields.map((_, index) => `const resolve${index} = field${index}.resolve, type${index} = field${index}.shape.type;`).join('\n')}
    const NO_ARGUMENTS = Object.freeze({});
    function Data(${values}) {
      ${fields.map(({ responseName }, index) => `this[${JSON.stringify(responseName)}] = value${index};`).join('\n')}
    }
    Data.prototype = inheritNothing;
    return (runtime, source, path) => {
      const object = objectLike(source);
      const { context } = runtime;
      let underWay;
      ${values.map((value) => `let ${value};`).join('\n')}
      try {
        ${fields.map(fieldCode).join('\n')}
      } catch (error) {
        return thrown(error, underWay);
      }
      const data = new Data(${values});
      return underWay === undefined ? data : whole(data, underWay);
    };`;
  return new Function(...Object.keys(given), code)(...Object.values(given));
}

function fieldCode({ responseName, name, resolve, shape, ...takes }: CodeField, index: number): string {
  const field = `field${index}`;
  const value = `value${index}`;
  const otherwise = (code: string) => `{
    ${code}
    if (${value} instanceof Promise) underWay = withLate(underWay, ${JSON.stringify(responseName)}, ${value});
  }`;
  const isProperty = resolve === defaultFieldResolver;
  if (takes.takesArguments || (takes.takesInfo && !isProperty)) {
    return otherwise(`${value} = runtime.field(${field}, source, path);`);
  }
  const fail = `catch (error) { ${value} = runtime.failed(${field}, path, error); }`;
  const settle = otherwise(`${value} = runtime.settle(${field}, path, ${value});`);
  const completeNonNull =
    shape.kind !== 'leaf'
      ? settle
      : `if (!(${isItself(shape.type, value)})) {
           if (${isNoWrapper(value)}) try { ${value} = completeLeaf(type${index}, ${value}); } ${fail}
           else ${settle}
         }`;
  const complete = shape.isNonNull
    ? `if (${value} == null) ${settle} else ${completeNonNull}`
    : `if (${value} == null) ${value} = null; else ${completeNonNull}`;
  const property = `object[${JSON.stringify(name)}]`;
  // graphql-js calls a property that is a method, and reads it again for that.
  const resolved = isProperty
    ? `${value} = ${property};
       if (typeof ${value} === 'function') ${value} = ${property}(NO_ARGUMENTS, context, runtime.info(${field}, path));`
    : `${value} = resolve${index}(source, NO_ARGUMENTS, context);`;
  return `try { ${resolved} } ${fail}
    ${complete}`;
}

/** A condition under which serializing a value of this type gives the value itself. */
function isItself(type: GraphQLLeafType, value: string): string {
  if (type === GraphQLString || type === GraphQLID) return `typeof ${value} === 'string'`;
  if (type === GraphQLInt) return `(typeof ${value} === 'number' && (${value} | 0) === ${value})`;
  if (type === GraphQLBoolean) return `typeof ${value} === 'boolean'`;
  return 'false';
}

/** A condition under which a value is neither a promise nor an error: all but objects, and dates, which are frequent. */
function isNoWrapper(value: string): string {
  return `typeof ${value} !== 'object' || ${value} instanceof Date`;
}

/** What has the properties of a source: nothing where the source is no object. */
function objectLike(source: unknown): object {
  return (typeof source === 'object' && source !== null) || typeof source === 'function' ? source : NOTHING;
}
const NOTHING = Object.freeze(Object.create(null));
