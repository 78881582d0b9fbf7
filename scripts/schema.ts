import { writeFile } from 'node:fs/promises';
import { clientSdl, subgraphSdl } from '../src/federation/sdl.ts';
import { schema } from '../src/schema/index.ts';

/** The committed schemas, whole, by file name: for clients, and for the composition of a supergraph. */
export const SCHEMA_FILES: Readonly<Record<string, string>> = {
  'schema.graphql': clientSdl(schema),
  'subgraph.graphql': subgraphSdl(schema),
};

// Run by `npm run schema`; imported by the test that finds drift.
if (process.argv[1] === import.meta.filename) {
  for (const [name, sdl] of Object.entries(SCHEMA_FILES)) await writeFile(name, sdl);
}
