import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/bench/**', '**/node_modules/**'],
    // Generous: tests assert counts and order, never time; the machine may have two busy cores.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
