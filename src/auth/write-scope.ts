import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { Context } from '../context.ts';
import { GatewayError } from '../errors.ts';
import { WRITE_SCOPE } from './identity.ts';

/**
 * Puts the write scope before every field of the mutation type, so that no new mutation can forget it. Without the
 * scope the field fails with `FORBIDDEN` before its resolver runs; what else the operation asks for is answered.
 */
export function requireWriteScope(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver } = field;
    field.resolve = (source, args, context: Context, info) => {
      if (context.identity.canWrite) return resolve(source, args, context, info);
      throw new GatewayError('FORBIDDEN', `The credential lacks the scope ${WRITE_SCOPE}.`, {
        requiredScope: WRITE_SCOPE,
      });
    };
  }
  return schema;
}
