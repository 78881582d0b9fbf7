import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';

export type Path = GraphQLResolveInfo['path'];

/** A response name, or an index in a list. */
export type Key = string | number;

/** The path to a key: of a field in an object of this type, or of an item in a list. */
export function pathOf({ name }: GraphQLObjectType, prev: Path | undefined, key: Key): Path {
  return { prev, key, typename: typeof key === 'string' ? name : undefined };
}
