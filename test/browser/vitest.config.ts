import { defineConfig } from 'vitest/config';

/** Needs Debian's chromium, as `npm test` must not. */
export default defineConfig({
  test: { include: ['test/browser/*.browser.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
});
