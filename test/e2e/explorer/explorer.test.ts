import { afterAll, beforeAll, expect, it } from 'vitest';
import { explorerDocuments } from '../../../src/explorer/documents.ts';
import { explorerVariables } from '../../../src/explorer/variables.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** REST calls and rounds of each tab, the first time it is run. */
const COST: Readonly<Record<string, { calls: number; rounds: number }>> = {
  Inbox: { calls: 1, rounds: 1 },
  InboxWithLastMessages: { calls: 31, rounds: 2 },
  Waiting: { calls: 4, rounds: 1 },
  Chat: { calls: 2, rounds: 2 },
  Thread: { calls: 2, rounds: 1 },
  OlderPage: { calls: 2, rounds: 1 },
  BotSession: { calls: 3, rounds: 2 },
  FindByPhone: { calls: 1, rounds: 1 },
  ChatByChannel: { calls: 1, rounds: 1 },
  NodeRefetch: { calls: 2, rounds: 1 },
  UpdateCrmData: { calls: 1, rounds: 1 },
};

const documents = await explorerDocuments();

it.each(documents)('$operationName runs as it stands, at its price', async ({ query, operationName }) => {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: explorerVariables('sandbox')[operationName] }),
  });
  const answer = await response.json();
  expect(answer).not.toHaveProperty('errors');
  expect(emptyPaths(answer.data)).toEqual([]);
  expect(answer.extensions.upstream).toEqual({ ...COST[operationName], reused: 0 });
});
