// npm run compose: supergraph.graphql from the two subgraphs.

import { readFile, writeFile } from 'node:fs/promises';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

const subgraphs = [
  { name: 'texter', url: 'http://127.0.0.1:4000/graphql', file: '../../subgraph.graphql' },
  { name: 'customers', url: 'http://127.0.0.1:4001/graphql', file: 'customers.graphql' },
];

const services = subgraphs.map(async ({ name, url, file }) => {
  const sdl = await readFile(new URL(file, import.meta.url), 'utf8');
  return { name, url, typeDefs: parse(sdl) };
});
const { errors, supergraphSdl } = composeServices(await Promise.all(services));
if (errors) {
  for (const { message } of errors) console.error(message);
  process.exit(1);
}
await writeFile(new URL('supergraph.graphql', import.meta.url), supergraphSdl);
