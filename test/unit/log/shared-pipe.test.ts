import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const PROCESSES = 3;
const BURSTS = 40;
const LINES = 50;

// What one writes at once is never more than a pipe takes at once, or the line of another could come into the midst of it.
test('lines of processes that share a pipe come whole, and all of them', async () => {
  const script = `
    import { createLogger } from './src/log.ts';
    const logger = createLogger({ level: 'info', format: 'json' });
    for (let burst = 0; burst < ${BURSTS}; burst += 1) {
      for (let line = 0; line < ${LINES}; line += 1) logger.info({ burst, line, text: 'שלום '.repeat(line * 4) }, 'operation');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }`;
  const writers = Array(PROCESSES).fill('"$0" --import tsx --input-type=module --eval "$1" &').join(' ');
  // A pipe that is full most of the time: into one with room even long lines go whole.
  const child = spawn('sh', ['-c', `(${writers} wait) | (sleep 2; cat)`, process.execPath, script]);
  const lines = (await text(child.stdout)).trim().split('\n');
  const parsed = lines.map((line) => JSON.parse(line));
  const places = new Set(parsed.map(({ pid, burst, line }) => `${pid} ${burst} ${line}`));
  expect(new Set(parsed.map(({ pid }) => pid)).size).toBe(PROCESSES);
  expect([lines.length, places.size]).toEqual(Array(2).fill(PROCESSES * BURSTS * LINES));
});
