import { z } from 'zod';

/**
 * Compiles a schema into a predicate that agrees with `schema.safeParse(value).success`.
 *
 * zod's own parse, compiled or not, copies what it finds, which for an inbox of 30 chats costs twice the JSON.parse
 * before it; this costs a twentieth. zod still decides about every kind of value that is rare, and names the fault when
 * there is one. Not for schemas that transform or default: the value stays as it is.
 *
 * The predicate is one piece of generated code, in which each member is read at a place of its own, which V8 can do by
 * offset. Made of closures it took six times as long.
 */
export function conforms<T>(schema: z.ZodType<T>): (value: unknown) => value is T {
  return new Predicate(schema).compile<T>();
}

/** The code of a predicate. */
class Predicate {
  /** Of objects and arrays, which call one another. */
  readonly #functions: string[] = [];
  /** What cannot be written down, such as zod's own checks; the code sees them by the names `given0`, `given1` ... */
  readonly #given: unknown[] = [];
  readonly #condition: string;

  constructor(schema: z.core.$ZodType) {
    this.#condition = this.#holds(schema, 'value');
  }

  compile<T>(): (value: unknown) => value is T {
    const names = this.#given.map((_, index) => `given${index}`);
    const body = `${this.#functions.join('\n')}\nreturn (value) => ${this.#condition};`;
    return new Function(...names, `'use strict';\n${body}`)(...this.#given);
  }

  /** An expression that tells whether `value`, the name of a variable, conforms. */
  #holds(schema: z.core.$ZodType, value: string): string {
    if (schema instanceof z.ZodOptional)
      return `(${value} === undefined || ${this.#holds(schema.unwrap(), value)})`;
    if (schema instanceof z.ZodNullable)
      return `(${value} === null || ${this.#holds(schema.unwrap(), value)})`;
    if (schema instanceof z.ZodNumber) return numberHolds(schema, value) ?? this.#byZod(schema, value);
    if (schema instanceof z.ZodString) return this.#string(schema, value);
    if ((schema._zod.def.checks ?? []).length > 0) return this.#byZod(schema, value);
    if (schema instanceof z.ZodBoolean) return `typeof ${value} === 'boolean'`;
    if (schema instanceof z.ZodUnknown) return 'true';
    if (schema instanceof z.ZodUnion) {
      return `(${schema.options.map((option) => this.#holds(option, value)).join(' || ')})`;
    }
    if (schema instanceof z.ZodArray) return `${this.#array(schema.element)}(${value})`;
    if (schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodUnknown) {
      return `${this.#looseObject(schema.shape)}(${value})`;
    }
    return this.#byZod(schema, value);
  }

  #byZod(schema: z.core.$ZodType, value: string): string {
    const compiled = z.compile(schema);
    return `${this.#give((found: unknown) => z.validate(compiled, found))}(${value})`;
  }

  #string(schema: z.ZodString, value: string): string {
    let condition = `typeof ${value} === 'string'`;
    for (const check of schema._zod.def.checks ?? []) {
      const pattern = patternOf(check);
      const minimum = minLengthOf(check);
      if (pattern !== undefined) condition += ` && ${this.#give(pattern)}.test(${value})`;
      else if (minimum !== undefined) condition += ` && ${value}.length >= ${minimum}`;
      else return this.#byZod(schema, value);
    }
    return condition;
  }

  #array(element: z.core.$ZodType): string {
    return this.#function(`if (!Array.isArray(value)) return false;
      for (const element of value) if (!(${this.#holds(element, 'element')})) return false;`);
  }

  #looseObject(shape: Readonly<Record<string, z.core.$ZodType>>): string {
    const members = Object.entries(shape).map(
      ([name, schema], index) =>
        `const member${index} = value[${JSON.stringify(name)}];
        if (!(${this.#holds(schema, `member${index}`)})) return false;`,
    );
    return this.#function(`if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      ${members.join('\n')}`);
  }

  /** Declares a function that tells of `value`, and returns its name. */
  #function(statements: string): string {
    const name = `conforms${this.#functions.length}`;
    this.#functions.push(`function ${name}(value) { ${statements} return true; }`);
    return name;
  }

  #give(value: unknown): string {
    this.#given.push(value);
    return `given${this.#given.length - 1}`;
  }
}

/** Undefined for a number with a check that is neither an inclusive bound nor "an integer". */
function numberHolds(schema: z.ZodNumber, value: string): string | undefined {
  const isKnown = (schema._zod.def.checks ?? []).every(({ _zod: { def } }) => isBound(def) || isInteger(def));
  if (!isKnown) return undefined;
  const { minValue, maxValue, isInt } = schema;
  const isKind = isInt ? 'Number.isSafeInteger' : 'Number.isFinite';
  const isAtLeast = minValue === null ? '' : ` && ${value} >= ${minValue}`;
  const isAtMost = maxValue === null ? '' : ` && ${value} <= ${maxValue}`;
  return `${isKind}(${value})${isAtLeast}${isAtMost}`;
}

function isBound(def: z.core.$ZodCheckDef): boolean {
  const isComparison = def.check === 'greater_than' || def.check === 'less_than';
  return isComparison && 'inclusive' in def && def.inclusive === true;
}

function isInteger(def: z.core.$ZodCheckDef): boolean {
  return def.check === 'number_format' && 'format' in def && def.format === 'safeint';
}

/** The pattern of `z.string().regex(...)`. */
function patternOf({ _zod: { def } }: z.core.$ZodCheck<string>): RegExp | undefined {
  const isRegex = def.check === 'string_format' && 'format' in def && def.format === 'regex';
  return isRegex && 'pattern' in def && def.pattern instanceof RegExp ? def.pattern : undefined;
}

/** The minimum of `z.string().min(...)`, in UTF-16 code units. */
function minLengthOf({ _zod: { def } }: z.core.$ZodCheck<string>): number | undefined {
  const isMinimum = def.check === 'min_length' && 'minimum' in def;
  return isMinimum && typeof def.minimum === 'number' ? def.minimum : undefined;
}
