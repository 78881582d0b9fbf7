import type { DocumentNode, OperationDefinitionNode } from 'graphql';

/** An operation of a document that has passed validation. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

const MAX_LENGTH = 128;

/** The name of an operation as metrics, logs and traces show it; undefined for one without, or longer than any real one. */
export function operationName(operation: OperationDefinitionNode): string | undefined {
  const name = operation.name?.value;
  return name !== undefined && name.length <= MAX_LENGTH ? name : undefined;
}
