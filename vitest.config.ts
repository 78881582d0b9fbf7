import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // graphql 16 is CommonJS to Node and ES modules to bundlers. Vitest would take the latter for our files and
    // leave the former to the libraries: two copies, which graphql refuses.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**', '**/node_modules/**'],
    // Generous: tests assert counts and order, never time; the machine may have two busy cores.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
