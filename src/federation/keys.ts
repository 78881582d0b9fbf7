/**
 * The types that other subgraphs may refer to, and the fields by which they may. Every key is a single field, so a
 * reference needs one of them.
 */
export const ENTITY_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Chat', ['id', 'chatId']],
  ['Message', ['id']],
  ['Agent', ['uid']],
]);

/** Whether fields of an entity are all told by a reference to it, so that nothing has to be read. */
export function areKeys(typeName: string, fieldNames: ReadonlySet<string>): boolean {
  const keys = ENTITY_KEYS.get(typeName) ?? [];
  return [...fieldNames].every((name) => name === '__typename' || keys.includes(name));
}
