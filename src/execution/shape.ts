import {
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';

/** A type as execution goes by it: asking graphql-js what a type is takes longer than most fields do. */
export type Shape = { readonly isNonNull: boolean } & (
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly kind: 'object'; readonly type: GraphQLObjectType }
  | { readonly kind: 'abstract'; readonly type: GraphQLAbstractType }
  | { readonly kind: 'list'; readonly of: Shape }
);

export function shapeOf(type: GraphQLOutputType): Shape {
  const isNonNull = isNonNullType(type);
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) return { isNonNull, kind: 'list', of: shapeOf(inner.ofType) };
  if (isLeafType(inner)) return { isNonNull, kind: 'leaf', type: inner };
  if (isAbstractType(inner)) return { isNonNull, kind: 'abstract', type: inner };
  return { isNonNull, kind: 'object', type: inner };
}
