// node .ci/count.mjs <folder of vitest's JSON reports> <failed steps>
// Prints `N passed, M failed` and exits 1 unless there were tests and nothing failed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SUITES = 4;

const [folder = '', failedSteps = '1'] = process.argv.slice(2);
const reports = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const sum = (member) => reports.reduce((total, report) => total + report[member], 0);

const passed = sum('numPassedTests');
// A file that could not be loaded has no tests to fail; a step may fail without a report. Neither passes for nothing.
const failed = Math.max(sum('numFailedTests'), sum('numFailedTestSuites') > 0 ? 1 : 0, Number(failedSteps));
const empty = reports.length < SUITES || reports.some((report) => report.numPassedTests === 0);

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 || empty ? 1 : 0);
