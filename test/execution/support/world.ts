import { setImmediate as macrotask } from 'node:timers/promises';
import {
  buildSchema,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  responsePathAsArray,
} from 'graphql';

/** Every kind of type, each nullable and not. What the fields answer is decided by where they stand. */
export const schema: GraphQLSchema = buildSchema(`
  interface Thing { id: ID! number(plus: Int = 1, times: [Int!]): Int thing: Thing things: [Thing!] }
  type Apple implements Thing {
    id: ID! number(plus: Int = 1, times: [Int!]): Int thing: Thing things: [Thing!]
    colour: Colour! pear: Pear! any: Any pears: [Pear] matrix: [[Int]!]
  }
  type Pear implements Thing {
    id: ID! number(plus: Int = 1, times: [Int!]): Int thing: Thing things: [Thing!]
    shade: Colour apple: Apple apples: [Apple!]! anys: [Any!]!
  }
  union Any = Apple | Pear
  enum Colour { RED GREEN }
  input Wish { size: Int! = 2, name: String }
  type Query { apple(wish: Wish): Apple pear: Pear! thing: Thing! things: [Thing]! any(id: ID!): Any }
  type Mutation { apple(wish: Wish): Apple pear: Pear! thing: Thing number(plus: Int!): Int! }
`);

/** What came of a run, and the resolvers that it called, in order. */
export interface Ran {
  readonly result: ExecutionResult;
  readonly calls: readonly string[];
}

export type Executor = (args: ExecutionArgs) => ExecutionResult | PromiseLike<ExecutionResult>;

/**
 * Runs a document in the world that a number makes: every field's value follows from that number and its path. What
 * is on its way arrives one by one, in an order that follows from the same, so that each run is like the other.
 */
export async function run(
  executor: Executor,
  number: number,
  args: Omit<ExecutionArgs, 'schema'>,
): Promise<Ran> {
  const world = new World(number);
  let result: ExecutionResult | undefined;
  const running = Promise.resolve(executor({ schema, ...args, contextValue: world })).then((done) => {
    result = done;
  });
  while (result === undefined) {
    // Everything that one arrival sets off has happened before the next.
    await macrotask();
    world.arrive();
  }
  await running;
  return { result, calls: world.calls };
}

/** What stands behind an object of the answer. */
interface Source {
  readonly path: string;
}

// Fields get their values in every way there is: `id` and `shade` are properties, some resolvers do without the fourth
// parameter, the others take it.
const PROPERTIES = new Set(['id', 'shade']);
const WITHOUT_INFO = new Set(['colour', 'pear', 'apples', 'matrix']);
for (const type of Object.values(schema.getTypeMap())) {
  if (!isObjectType(type) || type.name.startsWith('__')) continue;
  for (const [name, field] of Object.entries(type.getFields())) {
    if (PROPERTIES.has(name)) continue;
    const returnType = String(field.type);
    field.resolve = WITHOUT_INFO.has(name)
      ? (source: Source | undefined, args, world: World) =>
          world.valueOf(`${source?.path}.${name}`, returnType, args)
      : (_source, args, world: World, info) => world.resolve(args, info);
  }
}

class World {
  readonly calls: string[] = [];
  readonly #number: number;
  readonly #underWay = new Map<string, () => void>();

  constructor(number: number) {
    this.#number = number;
  }

  resolve(
    args: Record<string, unknown>,
    { path: place, parentType, fieldName, returnType }: GraphQLResolveInfo,
  ) {
    const path = responsePathAsArray(place).join('.');
    this.calls.push(`${parentType.name}.${fieldName}`);
    return this.valueOf(path, String(returnType), args);
  }

  valueOf(path: string, returnType: string, args: object): unknown {
    this.calls.push(`${path} ${JSON.stringify(args)}`);
    return this.#maybeLate(path, () => this.#value(returnType, path));
  }

  /** An object with the properties that some fields are. */
  #source(path: string, typename: 'Apple' | 'Pear' | 'Query') {
    const property = (name: string, returnType: string) => {
      const value = () => this.valueOf(`${path}.${name}`, returnType, {});
      if (this.#chance(`${path}.${name} method`) % 5 > 0) return value();
      return (...given: unknown[]) => {
        this.calls.push(`method with ${given.length}`);
        return value();
      };
    };
    return {
      path,
      __typename: typename,
      get id() {
        return property('id', 'ID!');
      },
      get shade() {
        return property('shade', 'Colour');
      },
    };
  }

  /** One value arrives, if any is on its way. */
  arrive(): void {
    const [next] = [...this.#underWay].sort(
      ([a], [b]) => this.#chance(`${a} order`) - this.#chance(`${b} order`),
    );
    if (next === undefined) return;
    this.#underWay.delete(next[0]);
    next[1]();
  }

  #maybeLate(path: string, value: () => unknown): unknown {
    if (this.#chance(`${path} late`) % 3 > 0) return value();
    // The same field may be asked for by two names.
    const key = `${path} ${this.calls.length}`;
    return new Promise<void>((resolve) => this.#underWay.set(key, resolve)).then(value);
  }

  #value(type: string, path: string): unknown {
    const chance = this.#chance(path) % 40;
    if (chance === 0) throw new Error(`thrown at ${path}`);
    if (chance === 1) throw new GraphQLError(`coded at ${path}`, { extensions: { code: 'CODED' } });
    if (chance === 2) return new Error(`returned at ${path}`);
    if (chance === 3) return undefined;
    if (chance === 4) return null;
    // What no type can show.
    if (chance === 5) return Symbol.iterator;
    const item = /^\[(?<item>.*)\]!?$/.exec(type)?.groups?.item;
    if (item !== undefined) return this.#list(item, path);
    switch (type.replace('!', '')) {
      case 'Int':
        return this.#chance(`${path} number`) % 1000;
      case 'ID':
        return `id of ${path}`;
      case 'Colour':
        return this.#either(path, 'RED', 'GREEN');
      case 'Apple':
        return this.#source(path, 'Apple');
      case 'Pear':
        return this.#source(path, 'Pear');
      default:
        return this.#source(path, chance === 6 ? 'Query' : this.#either(path, 'Apple', 'Pear'));
    }
  }

  #list(type: string, path: string): unknown[] {
    const length = this.#chance(`${path} length`) % 4;
    return Array.from({ length }, (_, index) => {
      const value = () => this.#value(type, `${path}.${index}`);
      try {
        // Promises in a list of lists are too deep for either executor to know of, once an item before them failed.
        return type.includes('Int') ? value() : this.#maybeLate(`${path}.${index}`, value);
      } catch (error) {
        // An item cannot throw, but be an error.
        return error;
      }
    });
  }

  #either<T>(path: string, one: T, other: T): T {
    return this.#chance(`${path} either`) % 2 === 0 ? one : other;
  }

  /** A number that follows from the world and a text. */
  #chance(text: string): number {
    let value = this.#number | 0;
    for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
    return (value ^ (value >>> 15)) >>> 0;
  }
}
