import { defineConfig } from 'vitest/config';

/** What is shipped: the build, started by npm, and the image. Installs from the registry, as `npm test` must not. */
export default defineConfig({
  test: { include: ['test/package/*.package.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
});
