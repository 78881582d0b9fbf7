import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { settings } from '../../src/config/settings.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { startGateway } from '../support/gateway.ts';

const readme = await readFile('README.md', 'utf8');

/** The lines of the table that has this head, without it: each a list of its cells. */
function table(head: string): string[][] {
  const lines = readme.split('\n');
  const start = lines.indexOf(head) + 2;
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  // A bar inside a cell is escaped.
  return lines.slice(start, end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const namesIn = (cell = '') => [...cell.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name ?? '');

it("shows a query and the sandbox's own answer to it", async () => {
  const query = /```graphql\n(\{.*?)```/s.exec(readme)?.[1] ?? '';
  const shown = /```json\n(.*?)```/s.exec(readme)?.[1] ?? '';
  await using gateway = await startGateway();
  const { data, extensions } = await gateway.query(query);
  expect({ data, extensions }).toEqual(JSON.parse(shown));
});

it('lists every setting once, with its default', () => {
  const rows = table('| variable | meaning | default |').filter(([first = '']) => first.startsWith('`'));
  expect(rows.flatMap(([first]) => namesIn(first)).sort()).toEqual(Object.keys(settings.shape).sort());

  const shown = new Map(rows.map(([first, , fallback = '']) => [namesIn(first)[0], fallback]));
  for (const [name, value] of Object.entries(settings.parse({}))) {
    const expected = Array.isArray(value) || value === '' ? 'none' : String(value);
    expect(`${name}: ${shown.get(name)}`).toMatch(new RegExp(`^${name}: ${expected}(;|$)`));
  }
});

it('lists every error code once', () => {
  const rows = table('| code | means |');
  expect(rows.flatMap(([first]) => namesIn(first)).sort()).toEqual([...ERROR_CODES].sort());
});

it('names commands and files that are there', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
  const commands = [...readme.matchAll(/npm run\s+([\w:-]+)/g)].map(([, name]) => name);
  expect(commands.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path ?? '');
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
});
