import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { atEndOfTurn } from '../../src/end-of-turn.ts';

test('tasks run in order when the turn ends, with those that they ask for', async () => {
  const ran: string[] = [];
  atEndOfTurn(() => {
    ran.push('first');
    atEndOfTurn(() => ran.push('asked for'));
  });
  atEndOfTurn(() => ran.push('second'));
  await Promise.resolve();
  expect(ran).toEqual([]);
  await new Promise(setImmediate);
  expect(ran).toEqual(['first', 'second', 'asked for']);
});

test('a process that exits, or fails, runs them first', () => {
  for (const end of ['process.exit(3)', 'throw new Error()']) {
    const script = `
      import { atEndOfTurn } from './src/end-of-turn.ts';
      atEndOfTurn(() => console.log('ran'));
      ${end};`;
    const node = ['--import', 'tsx', '--input-type=module', '--eval', script];
    expect(spawnSync(process.execPath, node, { encoding: 'utf8' }).stdout).toBe('ran\n');
  }
});

test('one that throws keeps none of the others from running, then or later', () => {
  const script = `
    import { atEndOfTurn } from './src/end-of-turn.ts';
    process.on('uncaughtException', ({ message }) => console.log(message));
    atEndOfTurn(() => { throw new Error('failed'); });
    atEndOfTurn(() => console.log('other'));
    setTimeout(() => atEndOfTurn(() => console.log('later')), 10);`;
  const node = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout, status } = spawnSync(process.execPath, node, { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['other\nfailed\nlater\n', 0]);
});
