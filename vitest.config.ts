import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** The query tests with another executor. */
function queriesOn(name: string, executor: string): TestProjectInlineConfiguration {
  return {
    extends: true,
    resolve: {
      alias: [
        {
          find: /^\.\.\/execution\/execute\.ts$/,
          replacement: fileURLToPath(new URL(`test/execution/support/${executor}`, import.meta.url)),
        },
      ],
    },
    test: { name, include: ['test/query/**/*.test.ts'] },
  };
}

export default defineConfig({
  resolve: {
    // graphql 16 is CommonJS to Node and ES modules to bundlers. Vitest would take the latter for our files and
    // leave the former to the libraries: two copies, which graphql refuses.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    exclude: ['test/bench/**', '**/node_modules/**'],
    // Generous: tests assert counts and order, never time; the machine may have two busy cores.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'gateway', include: ['test/**/*.test.ts'] } },
      // The query tests once more on graphql-js, which the planned execution must not be told from, and on its code.
      queriesOn('graphql-js', 'graphql-js.ts'),
      queriesOn('compiled', 'compiled.ts'),
    ],
  },
});
