import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type GatewayProcess, startGatewayProcess } from '../support/process.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SCREENSHOTS = 'test-output/browser';

let gateway: GatewayProcess;
let browser: Browser;
beforeAll(async () => {
  [gateway, browser] = await Promise.all([
    startGatewayProcess(),
    chromium.launch({ executablePath: CHROMIUM, args: FLAGS }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await gateway[Symbol.asyncDispose]();
});

let page: Page;
/** Requests to anywhere but the gateway, all refused. */
let foreign: string[];
/** What the browser holds against the page: script errors, and what its content security policy forbids. */
let complaints: string[];
beforeEach(async () => {
  foreign = [];
  complaints = [];
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const { origin } = new URL(gateway.url);
  await page.route(
    ({ origin: asked, protocol }) => protocol.startsWith('http') && asked !== origin,
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(gateway.url);
});
// Of a test that failed, too.
afterEach(async ({ task }) => {
  await page.screenshot({ path: `${SCREENSHOTS}/${task.name.replace(/\W+/g, '-')}.png` });
  await page.close();
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});

const tab = (name: string) => page.getByRole('tab').getByRole('button', { name, exact: true });
const answer = () => page.getByRole('region', { name: 'Result Window' });

/** The page takes no clicks before its editors are there. */
async function open(name: string): Promise<void> {
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await tab(name).click();
  await page.getByRole('tab', { selected: true }).filter({ hasText: name }).waitFor();
  // The tab is selected before the editor has its document, and what is run is what the editor has.
  const document = new RegExp(`query\\s${name}\\b`);
  await page.locator('.monaco-editor .view-line').filter({ hasText: document }).first().waitFor();
}

async function run(name: string): Promise<void> {
  await open(name);
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await answer().getByText('"data"').waitFor();
}

it('opens as the product, with the examples as tabs', async () => {
  await tab('Inbox').waitFor();
  expect(await page.title()).toBe('Texter\u00a0sandbox');
  const tabs = await page.getByRole('tab').allTextContents();
  expect(tabs).toHaveLength(11);
});

it('runs the inbox and shows what it cost', async () => {
  await run('Inbox');
  await answer().getByText('"totalCount"').waitFor();
  await answer().click();
  await page.keyboard.press('Control+End');
  await answer().getByText('"upstream"').waitFor();
  await answer().getByText('"calls"').waitFor();
});

it('runs a tab with variables: a thread in Hebrew', async () => {
  await run('Thread');
  await answer()
    .getByText(/נועה.ברק/)
    .waitFor();
});

it('documents the schema', async () => {
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByRole('link', { name: 'Query', exact: true }).click();
  await page.getByRole('link', { name: 'chats', exact: true }).click();
  await page.getByText('Chats by newest activity first').first().waitFor();
});
