import { z } from 'zod';

type Check = (value: unknown) => boolean;

/**
 * Compiles a schema into a predicate that agrees with `schema.safeParse(value).success`.
 *
 * zod's own parse, compiled or not, copies what it finds, which for an inbox of 30 chats costs twice the JSON.parse
 * before it; this costs a tenth. zod still decides about every kind of value that is rare, and names the fault when there
 * is one. Not for schemas that transform or default: the value stays as it is.
 */
export function conforms<T>(schema: z.ZodType<T>): (value: unknown) => value is T {
  const check = compile(schema);
  return (value): value is T => check(value);
}

function compile(schema: z.core.$ZodType): Check {
  if (schema instanceof z.ZodOptional) return orElse(undefined, compile(schema.unwrap()));
  if (schema instanceof z.ZodNullable) return orElse(null, compile(schema.unwrap()));
  if (schema instanceof z.ZodNumber) return numberWithin(schema) ?? byZod(schema);
  const [refinement, ...more] = schema._zod.def.checks ?? [];
  if (schema instanceof z.ZodString && more.length === 0) {
    if (refinement === undefined) return isString;
    const pattern = patternOf(refinement);
    return pattern === undefined ? byZod(schema) : (value) => isString(value) && pattern.test(value);
  }
  if (refinement !== undefined) return byZod(schema);
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === 'boolean';
  if (schema instanceof z.ZodUnknown) return () => true;
  if (schema instanceof z.ZodArray) return arrayOf(compile(schema.element));
  if (schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodUnknown)
    return looseObject(schema.shape);
  return byZod(schema);
}

function byZod(schema: z.core.$ZodType): Check {
  const compiled = z.compile(schema);
  return (value) => z.validate(compiled, value);
}

function orElse(exception: null | undefined, check: Check): Check {
  return (value) => value === exception || check(value);
}

/** Undefined for a number with a check that is neither an inclusive bound nor "an integer". */
function numberWithin(schema: z.ZodNumber): Check | undefined {
  const isKnown = (schema._zod.def.checks ?? []).every(({ _zod: { def } }) => isBound(def) || isInteger(def));
  if (!isKnown) return undefined;
  const { minValue, maxValue, isInt } = schema;
  const least = minValue ?? Number.NEGATIVE_INFINITY;
  const most = maxValue ?? Number.POSITIVE_INFINITY;
  const isKind: Check = isInt ? Number.isSafeInteger : Number.isFinite;
  return (value) => isKind(value) && least <= Number(value) && Number(value) <= most;
}

function isBound(def: z.core.$ZodCheckDef): boolean {
  const isComparison = def.check === 'greater_than' || def.check === 'less_than';
  return isComparison && 'inclusive' in def && def.inclusive === true;
}

function isInteger(def: z.core.$ZodCheckDef): boolean {
  return def.check === 'number_format' && 'format' in def && def.format === 'safeint';
}

/** The pattern of `z.string().regex(...)`. */
function patternOf({ _zod: { def } }: z.core.$ZodCheck<never>): RegExp | undefined {
  const isRegex = def.check === 'string_format' && 'format' in def && def.format === 'regex';
  return isRegex && 'pattern' in def && def.pattern instanceof RegExp ? def.pattern : undefined;
}

function arrayOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const element of value) if (!check(element)) return false;
    return true;
  };
}

/**
 * Generated from the names of the shape, so that each is read at a place of its own, which V8 can do by offset: a loop over
 * them takes six times as long.
 */
function looseObject(shape: Readonly<Record<string, z.core.$ZodType>>): Check {
  const checks = Object.values(shape).map(compile);
  const tests = Object.keys(shape).map((name, index) => `check${index}(value[${JSON.stringify(name)}])`);
  const parameters = checks.map((_, index) => `check${index}`);
  const hasMembers: Check = new Function(...parameters, `return (value) => ${tests.join(' && ') || true}`)(
    ...checks,
  );
  return (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && hasMembers(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
