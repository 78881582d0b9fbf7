import { readdir, readFile } from 'node:fs/promises';

const FOLDER = new URL('./', import.meta.url);

export interface ExplorerDocument {
  readonly query: string;
  /** Of the operation, of which each document has one. */
  readonly operationName: string;
}

/** The documents beside this file, in the order of their names. */
export async function explorerDocuments(): Promise<readonly ExplorerDocument[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.graphql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const query = await readFile(new URL(file, FOLDER), 'utf8');
      const operationName = /^(?:query|mutation) (?<name>\w+)/m.exec(query)?.groups?.name;
      if (operationName === undefined) throw new Error(`${file}: no named operation at the start of a line`);
      return { query, operationName };
    }),
  );
}
