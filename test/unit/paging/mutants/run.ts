// Applies each mutant of mutants.tsv to a copy of the paging code, runs the paging tests there, and prints the table of
// docs/paging.md: `tsx test/unit/paging/mutants/run.ts [word]`. A word chooses the mutants whose line has it.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');
/** Ends a mutant that loops for ever. */
const TIMEOUT_MS = 120_000;

interface Mutant {
  readonly number: number;
  readonly file: string;
  /** Occurs once in the file. */
  readonly find: string;
  readonly replace: string;
  /** What the change breaks, for a reader of the table. */
  readonly breaks: string;
}

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const [, ...lines] = readFileSync(join(import.meta.dirname, 'mutants.tsv'), 'utf8')
  .trimEnd()
  .split('\n');
const mutants = lines.map((line, index): Mutant => {
  const [file = '', find = '', replace = '', breaks = ''] = line.split('\t');
  return { number: index + 1, file, find: unescaped(find), replace: unescaped(replace), breaks };
});

const copy = mkdtempSync(join(tmpdir(), 'paging-mutants-'));
for (const path of ['src/paging', 'src/errors.ts', 'test/unit/paging', 'package.json']) {
  cpSync(join(ROOT, path), join(copy, path), { recursive: true });
}
symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));

console.log('| # | file | was | becomes | breaks | result |\n| --- | --- | --- | --- | --- | --- |');
for (const mutant of mutants) {
  if (!lines[mutant.number - 1]?.includes(process.argv[2] ?? '')) continue;
  const { number, file, find, replace, breaks } = mutant;
  console.log(
    `| ${number} | ${file} | ${code(find)} | ${code(replace)} | ${breaks} | ${await fate(mutant)} |`,
  );
}
rmSync(copy, { recursive: true });

async function fate({ file, find, replace }: Mutant): Promise<string> {
  const path = join(copy, 'src/paging', file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2) return '**does not apply**';
  writeFileSync(
    path,
    source.replace(find, () => replace),
  );
  const killer = await firstFailure();
  writeFileSync(path, source);
  return killer === null ? '**survives**' : `killed: ${killer}`;
}

/** The first test that fails in the copy; null when all pass. */
function firstFailure(): Promise<string | null> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', 'test/unit/paging', '--bail=1', '--reporter=json', '--testTimeout=30000'];
  return new Promise((resolve) => {
    // A group of its own: a worker that loops for ever outlives the process that started it.
    const child = spawn(process.execPath, args, {
      cwd: copy,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const endGroup = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    let looped = false;
    const timer = setTimeout(() => {
      looped = true;
      endGroup();
    }, TIMEOUT_MS);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      endGroup();
      resolve(looped ? 'does not end' : code === 0 ? null : failureOf(output));
    });
  });
}

function failureOf(output: string): string {
  const { testResults }: Report = JSON.parse(output);
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.find(({ failureMessages }) => failureMessages.length > 0);
  return failed?.fullName ?? 'does not start';
}

function unescaped(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll('\\\n', '\\n');
}

function code(text: string): string {
  return text === '' ? 'nothing' : `\`${text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')}\``;
}
