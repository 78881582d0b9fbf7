import { expect, test } from 'vitest';
import { TurnBatch } from '../../src/turn-batch.ts';

const turn = () => new Promise(setImmediate);

test('works on what a turn brought when it ends, one after another, and then on what that leads to', async () => {
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
  await turn();
  expect(steps).toEqual(['one', 'other', 'one, later', 'other, later']);
});

test('leaves what comes up meanwhile to the next turn', async () => {
  const items: number[] = [];
  const batch = new TurnBatch<number>((item) => {
    items.push(item);
    if (item < 3) batch.add(item + 1);
  });
  batch.add(1);
  await turn();
  expect(items).toEqual([1]);
  await turn();
  await turn();
  expect(items).toEqual([1, 2, 3]);
});
