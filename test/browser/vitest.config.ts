import { defineConfig } from 'vitest/config';

/** Needs Debian's chromium, so it is no part of `npm test`. */
export default defineConfig({
  test: { include: ['test/browser/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
});
