import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { fullChat } from '../support/full-chat.ts';
import { type ErrorEntry, startGateway, type TestGateway } from '../support/gateway.ts';
import { aMessage } from '../support/sandbox.ts';

// Over generated documents: looking ahead never makes a call that plain execution would not make, changes no
// answer, and leaves no more rounds than the data needs.

const NOON = Date.parse('2026-03-01T12:00:00.000Z');
const CHAT_IDS = ['1', '2', '3'].map((digit) => digit.repeat(24));
const globalId = (...parts: (string | number)[]) => Buffer.from(parts.join(':')).toString('base64url');

const dataset = CHAT_IDS.map((chatId, index) => {
  const { chat, thread } = fullChat(chatId, [aMessage(`aa${index}`, NOON + index)]);
  const channelInfo = { name: 'whatsapp', id: `97250555010${index}`, accountId: '15550199999' };
  return { ...fullChat(chatId, thread.slice(0, 1)), chat: { ...chat, channelInfo } };
});

/** A selection on Chat, with the round in which its slowest part arrives. */
interface Need {
  readonly text: string;
  /** For a chat named by its id; the public view comes in round 1. */
  readonly byId: number;
  /** For a chat of a list, whose record came in round 1. */
  readonly listed: number;
}

const LEAVES: readonly Need[] = [
  { text: 'chatId', byId: 1, listed: 1 },
  { text: 'title', byId: 1, listed: 1 },
  { text: 'status', byId: 1, listed: 1 },
  { text: 'lastMessage { text }', byId: 1, listed: 2 },
  { text: 'labelIds', byId: 2, listed: 1 },
  { text: 'name', byId: 2, listed: 1 },
  { text: 'crmData @include(if: true)', byId: 2, listed: 1 },
  { text: 'displayName @skip(if: true)', byId: 1, listed: 1 },
  { text: '... on Chat { personId }', byId: 2, listed: 1 },
  { text: '... on Node { id }', byId: 1, listed: 1 },
  { text: '...Record', byId: 2, listed: 1 },
  { text: 'botState { sessionId }', byId: 1, listed: 1 },
  { text: 'botState { node }', byId: 2, listed: 1 },
  { text: 'botState { messages(last: 1) { nodes { text } } }', byId: 2, listed: 2 },
  { text: 'previousBotSession { messages(last: 1) { nodes { text } } }', byId: 3, listed: 2 },
  { text: 'messages(last: 1) { nodes { text } }', byId: 1, listed: 2 },
  { text: 'messages(last: $one) { nodes { text } }', byId: 1, listed: 2 },
  { text: 'messages(last: 1) { nodes { chat { title } } }', byId: 1, listed: 2 },
  { text: 'messages(first: 1, last: 1) { nodes { text } }', byId: 1, listed: 1 },
];

const selection = fc
  .subarray([...LEAVES], { minLength: 1, maxLength: 6 })
  .chain((needs) => fc.shuffledSubarray(needs, { minLength: needs.length }))
  .map((needs) => ({
    text: needs.map(({ text }, index) => (text.startsWith('...') ? text : `f${index}: ${text}`)).join(' '),
    byId: Math.max(...needs.map(({ byId }) => byId)),
    listed: Math.max(...needs.map(({ listed }) => listed)),
  }));

const chatId = fc.constantFrom(...CHAT_IDS);
const byId = fc.oneof(
  fc.record({ id: chatId, on: selection }).map(({ id, on }) => ({
    text: `chat(chatId: "${id}") { ${on.text} }`,
    rounds: on.byId,
  })),
  fc.record({ id: chatId, on: selection }).map(({ id, on }) => ({
    text: `node(id: "${globalId('Chat', id)}") { ... on Chat { ${on.text} } }`,
    rounds: on.byId,
  })),
  fc.record({ ids: fc.array(chatId, { minLength: 1, maxLength: 4 }), on: selection }).map(({ ids, on }) => ({
    text: `nodes(ids: ${JSON.stringify(ids.map((id) => globalId('Chat', id)))}) { ... on Chat { ${on.text} } }`,
    rounds: on.byId,
  })),
  fc.constantFrom(0, 1, 2).map((index) => ({
    text: `node(id: "${globalId('Message', CHAT_IDS[index] ?? '', NOON + index, `aa${index}`)}") {
      ... on Message { text chat { title lastMessage { text } } } }`,
    rounds: 2,
  })),
);

const listed = fc
  .record({ first: fc.integer({ min: 1, max: 3 }), on: selection })
  .map(({ first, on }) => ({ text: `chats(first: ${first}) { nodes { ${on.text} } }`, rounds: on.listed }));

// A list beside a chat by its id would spare that chat's record, or not, by the luck of which answer comes first.
const document = fc.oneof(fc.array(byId, { minLength: 1, maxLength: 3 }), fc.tuple(listed)).map((roots) => ({
  text: `query ($one: Int = 1) { ${roots.map(({ text }, index) => `r${index}: ${text}`).join(' ')} }
    fragment Record on Chat { hasMessageError }`,
  roots: roots.length,
  rounds: Math.max(...roots.map(({ rounds }) => rounds)),
}));

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({
    sandbox: { dataset },
    env: { REVISION_CACHE_ENTRIES: '0', MAX_COST: '100000' },
  });
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** What a document answers and costs while no field declares a prefetch. */
async function withoutLookAhead(text: string) {
  const fields = ['Chat', 'Message'].flatMap((name) => {
    const type = schema.getType(name);
    return type && 'getFields' in type ? Object.values(type.getFields()) : [];
  });
  const declared = fields.map((field) => field.extensions);
  for (const field of fields) field.extensions = { ...field.extensions, prefetch: undefined };
  try {
    return await gateway.query(text);
  } finally {
    fields.forEach((field, index) => {
      field.extensions = declared[index] ?? {};
    });
  }
}

const unused = (text: string) =>
  [text.includes('...Record') ? '' : 'fragment', text.includes('$one)') ? '' : 'variable'].filter(Boolean);

/** Adds what validation wants used, at no cost. */
function complete(text: string): string {
  let done = text;
  if (unused(text).includes('fragment')) done = done.replace(/fragment Record on Chat \{.*\}/, '');
  if (unused(text).includes('variable')) done = done.replace('query ($one: Int = 1)', 'query');
  return done;
}

test('looking ahead adds no call, changes no answer, and waits only for what is needed', async () => {
  await fc.assert(
    fc.asyncProperty(document, async ({ text, roots, rounds }) => {
      const ahead = await gateway.query(complete(text));
      const plain = await withoutLookAhead(complete(text));
      expect(ahead.data).toEqual(plain.data);
      expect(byPath(ahead.errors)).toEqual(byPath(plain.errors));
      expect(ahead.extensions.upstream?.calls).toBeLessThanOrEqual(plain.extensions.upstream?.calls ?? -1);
      // Several roots may help one another to a view sooner; one alone takes exactly what its data needs.
      if (roots === 1) expect(ahead.extensions.upstream?.rounds).toBe(rounds);
      else expect(ahead.extensions.upstream?.rounds).toBeLessThanOrEqual(rounds);
    }),
    { numRuns: 150 },
  );
});

/** Errors in an order of their own: GraphQL promises none among siblings. */
function byPath(errors: readonly ErrorEntry[] = []) {
  return errors.toSorted((a, b) => String(a.path).localeCompare(String(b.path)));
}
