import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { atEndOfTurn, TurnBatch } from '../../src/turn.ts';

const turn = () => new Promise(setImmediate);

/** Resolves when a batch that brings nothing more has been worked on. */
const turns = async () => {
  for (let left = 10; left > 0; left -= 1) await turn();
};

test('a batch works on what a turn brought when it has ended, one after another, and then on what that leads to', async () => {
  const steps: string[] = [];
  const batch = new TurnBatch<string>(async (item) => {
    steps.push(item);
    await undefined;
    steps.push(`${item}, later`);
  });
  batch.add('one');
  await Promise.resolve();
  await new Promise(process.nextTick);
  batch.add('other');
  expect(steps).toEqual([]);
  await turns();
  expect(steps).toEqual(['one', 'other', 'one, later', 'other, later']);
});

test.each([
  ['as long as turns bring more', 3, 1, 3],
  ['for five turns at most', 20, 1, 5],
  ['for no turn more when there is enough', 20, 32, 64],
])('a batch waits %s', async (_, turnsWithMore, itemsATurn, worked) => {
  let count = 0;
  const batch = new TurnBatch<number>(() => {
    count += 1;
  });
  const sizes: number[] = [];
  for (let now = 0; now < 30; now += 1) {
    if (now < turnsWithMore) for (let item = 0; item < itemsATurn; item += 1) batch.add(item);
    await turn();
    if (count > 0) sizes.push(count);
    count = 0;
  }
  expect(sizes[0]).toBe(worked);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(turnsWithMore * itemsATurn);
});

test('what cannot wait for the batch is done at the end of the turn that brought it, and before the batch', async () => {
  const steps: string[] = [];
  const batch = new TurnBatch<number>(
    (item) => steps.push(`${item} in the batch`),
    (item) => steps.push(`${item} in its turn`),
  );
  for (const item of [1, 2, 3]) {
    batch.add(item);
    expect(steps).toHaveLength(item - 1);
    await turn();
  }
  expect(steps).toEqual(['1 in its turn', '2 in its turn', '3 in its turn']);
  await turns();
  expect(steps.slice(3)).toEqual(['1 in the batch', '2 in the batch', '3 in the batch']);
});

test('a batch leaves what comes up meanwhile to the next one', async () => {
  const items: number[] = [];
  const batch = new TurnBatch<number>((item) => {
    items.push(item);
    if (item < 3) batch.add(item + 1);
  });
  batch.add(1);
  while (items.length === 0) await turn();
  expect(items).toEqual([1]);
  await turns();
  expect(items).toEqual([1, 2, 3]);
});

test('one that throws keeps none of the others of a batch from being worked on', () => {
  const script = `
    import { TurnBatch } from './src/turn.ts';
    process.on('uncaughtException', ({ message }) => console.log(message));
    const batch = new TurnBatch((item) => { if (item % 2 === 0) throw new Error('failed'); console.log(item); });
    for (const item of [1, 2, 3, 4, 5]) batch.add(item);
    setTimeout(() => batch.add(7), 10);`;
  const node = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout, status } = spawnSync(process.execPath, node, { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['1\n3\n5\nfailed\n7\n', 0]);
});

test('nor does one that throws when its turn ends', () => {
  const script = `
    import { TurnBatch } from './src/turn.ts';
    process.on('uncaughtException', ({ message }) => console.log(message));
    const batch = new TurnBatch((item) => console.log('batch', item), (item) => {
      if (item === 1) throw new Error('failed');
      console.log('turn', item);
    });
    for (const item of [1, 2]) batch.add(item);
    setTimeout(() => batch.add(3), 10);`;
  const node = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout, status } = spawnSync(process.execPath, node, { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['turn 2\nfailed\nbatch 1\nbatch 2\nturn 3\nbatch 3\n', 0]);
});

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
      import { atEndOfTurn } from './src/turn.ts';
      atEndOfTurn(() => console.log('ran'));
      ${end};`;
    const node = ['--import', 'tsx', '--input-type=module', '--eval', script];
    expect(spawnSync(process.execPath, node, { encoding: 'utf8' }).stdout).toBe('ran\n');
  }
});

test('one that throws keeps none of the others from running, then or later', () => {
  const script = `
    import { atEndOfTurn } from './src/turn.ts';
    process.on('uncaughtException', ({ message }) => console.log(message));
    atEndOfTurn(() => { throw new Error('failed'); });
    atEndOfTurn(() => console.log('other'));
    setTimeout(() => atEndOfTurn(() => console.log('later')), 10);`;
  const node = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout, status } = spawnSync(process.execPath, node, { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['other\nfailed\nlater\n', 0]);
});
