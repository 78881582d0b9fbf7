import { expect, it } from 'vitest';
import { explorerDocuments } from '../../src/explorer/documents.ts';
import { renderExplorer } from '../../src/explorer/page.ts';
import { explorerVariables } from '../../src/explorer/variables.ts';

interface PageOptions {
  readonly title: string;
  readonly headers?: string;
  readonly defaultTabs: readonly { query: string; variables?: string; headers?: string }[];
}

/** The options that the page hands to GraphiQL: the last argument of its last call. */
function optionsOf(html: string): PageOptions {
  const [, json = ''] = /querySelector\('#root'\),\s*(\{.*\}),\s*\);\s*<\/script>/s.exec(html) ?? [];
  return JSON.parse(json);
}

it('has a tab for each document, named as its operation, with variables that run in the sandbox', async () => {
  const { defaultTabs, headers } = optionsOf(await renderExplorer({ upstream: 'sandbox', authMode: 'none' }));
  const documents = await explorerDocuments();
  expect(defaultTabs.map(({ query }) => query)).toEqual(documents.map(({ query }) => query));
  expect(documents.map(({ operationName }) => operationName)).toEqual([
    'Inbox',
    'InboxPreviews',
    'Waiting',
    'Chat',
    'Thread',
    'OlderPage',
    'BotSession',
    'FindByPhone',
    'ChatByChannel',
    'Refetch',
    'UpdateCrm',
  ]);
  const named = documents.map(({ operationName }) => operationName);
  expect(named).toEqual(expect.arrayContaining(Object.keys(explorerVariables('sandbox'))));
  expect(defaultTabs.filter(({ variables }) => variables?.includes('""'))).toEqual([]);
  expect(headers).toBeUndefined();
});

it('names nothing of the sandbox to who reads a real project, and asks for their credential', async () => {
  const html = await renderExplorer({ upstream: 'texter', authMode: 'api-key' });
  const { defaultTabs, headers } = optionsOf(html);
  const variables = defaultTabs.flatMap((tab) => tab.variables ?? []);
  expect(variables.filter((text) => /\d{4}/.test(text))).toEqual([]);
  for (const shown of [headers, ...defaultTabs.map((tab) => tab.headers)]) {
    expect(JSON.parse(shown ?? '')).toEqual({ authorization: 'Bearer ' });
  }
});

it('asks no other host for anything', async () => {
  const html = await renderExplorer({ upstream: 'sandbox', authMode: 'none' });
  const page = html.replace(/<(script|style)>.*?<\/\1>/gs, '');
  expect(page).not.toMatch(/(?:src|href)="(?!data:)/);
});
