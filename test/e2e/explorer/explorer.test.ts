import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { getOperationAST } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { explorerDocuments } from '../../../src/explorer/documents.ts';
import { explorerVariables } from '../../../src/explorer/variables.ts';
import { LANDMARK_SESSION, LANDMARKS } from '../../../src/sandbox/landmarks.ts';
import * as operations from '../../generated/operations.ts';
import { type GatewayProcess, startGatewayProcess } from '../../support/process.ts';

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const documents = await explorerDocuments();
const variables = explorerVariables('sandbox');

/** Sends what the tab of this operation sends; its answer, and what that cost. */
async function run<Data>(document: TypedDocumentNode<Data, never>) {
  const operationName = getOperationAST(document)?.name?.value ?? '';
  const query = documents.find((candidate) => candidate.operationName === operationName)?.query;
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, operationName, variables: variables[operationName] }),
  });
  expect(response.status).toBe(200);
  const answer: { data: Data; extensions: { upstream: object } } = JSON.parse(await response.text());
  expect(answer).not.toHaveProperty('errors');
  return { data: answer.data, upstream: answer.extensions.upstream };
}

it('has a typed document for each tab', () => {
  const named = documents.map(({ operationName }) => `${operationName}Document`);
  expect(Object.keys(operations).sort()).toEqual(named.sort());
});

it('Inbox', async () => {
  const { data, upstream } = await run(operations.InboxDocument);
  expect(upstream).toEqual({ calls: 1, rounds: 1, reused: 0 });
  const times = data.chats?.nodes.map(({ lastMessageAt }) => lastMessageAt) ?? [];
  expect(times).toHaveLength(30);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(data.chats?.pageInfo.hasNextPage).toBe(true);
  expect(data.chats?.totalCount).toBeGreaterThan(300);
});

it('InboxPreviews', async () => {
  const { data, upstream } = await run(operations.InboxPreviewsDocument);
  expect(upstream).toEqual({ calls: 31, rounds: 2, reused: 0 });
  const previews = data.chats?.nodes.map(({ lastMessage }) => lastMessage) ?? [];
  expect(previews).toHaveLength(30);
  expect(previews).not.toContain(null);

  const again = await run(operations.InboxPreviewsDocument);
  expect(again.upstream).toEqual({ calls: 1, rounds: 1, reused: 30 });
  expect(again.data).toEqual(data);
});

it('Waiting', async () => {
  const { data, upstream } = await run(operations.WaitingDocument);
  expect(upstream).toEqual({ calls: 4, rounds: 1, reused: 0 });
  expect(data.pending?.nodes).toHaveLength(10);
  for (const list of [data.bot, data.assigned, data.resolved]) expect(list?.totalCount).toBeGreaterThan(10);
});

it('Chat', async () => {
  const { data, upstream } = await run(operations.ChatDocument);
  expect(upstream).toMatchObject({ calls: 2, rounds: 2 });
  expect(Object.entries(data.chat ?? {}).filter(([, value]) => value === null)).toEqual([]);
  expect(data.chat?.labelIds).toContain('VIP');
});

it('Thread', async () => {
  // The first thread shows the process that Texter does not cut pages in silence.
  await run(operations.ThreadDocument);
  const { data, upstream } = await run(operations.ThreadDocument);
  expect(upstream).toEqual({ calls: 2, rounds: 1, reused: 0 });
  const kinds = new Set(data.chat?.messages?.nodes.map(({ content }) => content.__typename));
  expect([...kinds].sort()).toEqual([
    'MessageButtonsContent',
    'MessageContactsContent',
    'MessageListContent',
    'MessageLocationContent',
    'MessageMediaContent',
    'MessagePostbackContent',
    'MessageSpecialContent',
    'MessageSystemContent',
    'MessageTextContent',
  ]);
});

it('OlderPage', async () => {
  const { data, upstream } = await run(operations.OlderPageDocument);
  expect(upstream).toEqual({ calls: 2, rounds: 1, reused: 0 });
  const { nodes = [], pageInfo } = data.chat?.messages ?? {};
  expect(nodes).toHaveLength(50);
  expect(pageInfo?.hasPreviousPage).toBe(true);
  const newest = Date.parse(nodes.at(-1)?.createdAt ?? '');
  expect(newest).toBeLessThan(Date.now() - 86_400_000);
});

it('BotSession', async () => {
  // The first long session shows the process what else Texter's session filter can be combined with.
  await run(operations.BotSessionDocument);
  const { data, upstream } = await run(operations.BotSessionDocument);
  expect(upstream).toMatchObject({ rounds: 2, reused: 1 });
  expect(data.chat?.botState?.sessionId).toBe(LANDMARK_SESSION);
  expect(data.chat?.messages?.nodes).toHaveLength(50);
  expect(data.chat?.messages?.pageInfo.hasPreviousPage).toBe(true);
});

it('FindByPhone', async () => {
  const { data, upstream } = await run(operations.FindByPhoneDocument);
  expect(upstream).toEqual({ calls: 1, rounds: 1, reused: 0 });
  expect(data.chats?.nodes.map(({ chatId }) => chatId)).toEqual([LANDMARKS.fullChat]);
});

it('ChatByChannel', async () => {
  const { data, upstream } = await run(operations.ChatByChannelDocument);
  expect(upstream).toEqual({ calls: 1, rounds: 1, reused: 0 });
  expect(data.chatByChannel?.chatId).toBe(LANDMARKS.fullChat);
});

it('Refetch', async () => {
  const { data, upstream } = await run(operations.RefetchDocument);
  expect(upstream).toEqual({ calls: 2, rounds: 1, reused: 0 });
  expect(data.nodes.map((node) => node?.__typename)).toEqual(['Chat', 'Chat']);
});

it('UpdateCrm', async () => {
  const { data, upstream } = await run(operations.UpdateCrmDocument);
  expect(upstream).toEqual({ calls: 1, rounds: 1, reused: 0 });
  expect(data.updateChatCrmData?.chat.crmData).toMatchObject({ customer: { id: '40404', tier: 'platinum' } });
});
