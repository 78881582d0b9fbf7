import { readFile } from 'node:fs/promises';
import { generate } from '@graphql-codegen/cli';
import { expect, it } from 'vitest';
import codegen from '../../codegen.ts';
import { SCHEMA_FILES } from '../../scripts/schema.ts';

it.each(Object.entries(SCHEMA_FILES))(
  '%s is what the code says; else run `npm run schema`',
  async (name, sdl) => {
    expect(await readFile(name, 'utf8')).toBe(sdl);
  },
);

it('types the explorer documents as they are; else run `npm run codegen`', async () => {
  const files = await generate({ ...codegen, silent: true }, false);
  expect(files).toHaveLength(1);
  for (const { filename, content } of files) expect(await readFile(filename, 'utf8')).toBe(content);
});
