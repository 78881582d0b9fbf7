import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FileReport, liveFile } from '../../../src/config/live.ts';

let dir: string;
let now: number;
let reports: FileReport[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'live-'));
  now = 0;
  reports = [];
});
afterEach(() => rmSync(dir, { recursive: true }));

function open(path: string) {
  return liveFile({
    setting: 'TEXTER_API_TOKEN_FILE',
    path,
    parse: (content) => (content.trim() === '' ? undefined : content.trim()),
    report: (report) => reports.push(report),
    now: () => now,
  });
}

it('sees new content within a second, and looks at the file no more often', () => {
  const path = join(dir, 'token');
  writeFileSync(path, 'one\n');
  const token = open(path);
  writeFileSync(path, 'three\n');
  now = 999;
  expect(token.current()).toBe('one');
  now = 1000;
  expect(token.current()).toBe('three');
  expect(reports).toEqual([{ setting: 'TEXTER_API_TOKEN_FILE' }]);
});

it('follows the symlink swap of a mounted Kubernetes secret', () => {
  const mount = (version: string, content: string) => {
    mkdirSync(join(dir, version));
    writeFileSync(join(dir, version, 'token'), content);
    symlinkSync(version, join(dir, '..data_tmp'));
    renameSync(join(dir, '..data_tmp'), join(dir, '..data'));
  };
  mount('..v1', 'one');
  symlinkSync(join('..data', 'token'), join(dir, 'token'));
  const token = open(join(dir, 'token'));
  mount('..v2', 'two');
  rmSync(join(dir, '..v1'), { recursive: true });
  now = 1000;
  expect(token.current()).toBe('two');
});

it('keeps the last good value, says why once, and recovers', () => {
  const path = join(dir, 'token');
  writeFileSync(path, 'one');
  const token = open(path);
  rmSync(path);
  for (now of [1000, 2000, 3000]) expect(token.current()).toBe('one');
  writeFileSync(path, '\n');
  now = 4000;
  expect(token.current()).toBe('one');
  writeFileSync(path, 'two');
  now = 5000;
  expect(token.current()).toBe('two');
  expect(reports).toEqual([
    { setting: 'TEXTER_API_TOKEN_FILE', fault: 'it cannot be read (ENOENT)' },
    { setting: 'TEXTER_API_TOKEN_FILE', fault: 'its content is malformed' },
    { setting: 'TEXTER_API_TOKEN_FILE' },
  ]);
});

it('withdraws what a file held when it is gone, where that is said to mean something', () => {
  const path = join(dir, 'keys');
  writeFileSync(path, 'one');
  const keys = liveFile({
    setting: 'API_KEYS_FILE',
    path,
    parse: (content) => (content === 'malformed' ? undefined : content),
    whenGone: 'none',
    report: (report) => reports.push(report),
    now: () => now,
  });
  writeFileSync(path, 'malformed');
  now = 1000;
  expect(keys.current()).toBe('one');
  rmSync(path);
  for (now of [2000, 3000]) expect(keys.current()).toBe('none');
  writeFileSync(path, 'two');
  now = 4000;
  expect(keys.current()).toBe('two');
  expect(reports).toEqual([
    { setting: 'API_KEYS_FILE', fault: 'its content is malformed' },
    { setting: 'API_KEYS_FILE', fault: 'it cannot be read (ENOENT)', withdrawn: true },
    { setting: 'API_KEYS_FILE' },
  ]);
});

it('does not start with a file that it cannot use', () => {
  expect(() => open(join(dir, 'nothing'))).toThrow('it cannot be read (ENOENT)');
});
