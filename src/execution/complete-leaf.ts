import type { GraphQLLeafType } from 'graphql';

/** A scalar or enum value as the answer shows it. Throws for what the type cannot show. */
export function completeLeaf(type: GraphQLLeafType, value: unknown): unknown {
  const serialized = type.serialize(value);
  if (serialized == null) throw new Error(`${type.name} cannot represent a value.`);
  return serialized;
}
