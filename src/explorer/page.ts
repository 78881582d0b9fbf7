import { readdir, readFile } from 'node:fs/promises';

const FOLDER = new URL('./', import.meta.url);

/** The GraphiQL page, whole: no CDN is asked for anything. Its tabs are the documents beside this file. */
export async function renderExplorer(): Promise<string> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.graphql')).sort();
  const tabs = await Promise.all(
    names.map(async (name) => ({ query: await readFile(new URL(name, FOLDER), 'utf8') })),
  );
  // Nine megabytes of script, loaded when the page is first asked for.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return renderGraphiQL({ title: 'Texter gateway', defaultTabs: tabs });
}
