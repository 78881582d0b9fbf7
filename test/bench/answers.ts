import { deepStrictEqual } from 'node:assert/strict';
import { API_KEY } from './api-key.ts';
import type { Running } from './arena.ts';
import { bodyOf, type Operation } from './operation.ts';

/** Sends an operation once. Rejects with what was answered when that is no data alone. */
export async function answerOf({ name, url }: Running, operation: Operation, nth: number): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
    body: bodyOf(operation, nth, nth),
  });
  const text = await response.text();
  if (response.status !== 200 || text.includes('"errors":[')) throw new Error(`${name}: ${text}`);
  return JSON.parse(text).data;
}

/**
 * Rejects unless all of them answer the operations alike. Cursors are opaque, and each server has its own: there need
 * only be one wherever another server has one, and all of a list must differ.
 */
export async function compareAnswers(
  running: readonly Running[],
  operations: readonly Operation[],
): Promise<void> {
  // Numbers that no load comes to.
  let nth = 800_000;
  for (const operation of operations) {
    nth += 1;
    const [expected, ...others] = await Promise.all(
      running.map(async (server) => withoutCursors(await answerOf(server, operation, nth))),
    );
    for (const [index, answer] of others.entries()) {
      const name = running[index + 1]?.name;
      deepStrictEqual(answer, expected, `${name} answers ${operation.operationName} differently`);
    }
  }
}

function withoutCursors(answer: unknown): unknown {
  const places = new Map<string, number>();
  return JSON.parse(JSON.stringify(answer), (key, value) => {
    if (!/cursor$/i.test(key) || typeof value !== 'string') return value;
    // The same cursor wherever it stands has the same number.
    const place = places.get(value) ?? places.size;
    places.set(value, place);
    return place;
  });
}
