// Builds dist/ from src/: the compiler's output, and the explorer's documents beside it, which the
// gateway reads at run time. `npm ci` runs this as `prepare`.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';

// `npm ci --omit=dev` has no compiler; such an install brings a dist/ that was built before.
if (!existsSync('node_modules/typescript')) {
  console.error('build: no TypeScript installed, dist/ is left as it is');
  process.exit(existsSync('dist/main.js') ? 0 : 1);
}
rmSync('dist', { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  {
    stdio: 'inherit',
  },
);
if (status === 0) cpSync('src/explorer', 'dist/explorer', { recursive: true });
process.exit(status ?? 1);
