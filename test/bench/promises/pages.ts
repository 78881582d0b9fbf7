import { answerOf } from '../answers.ts';
import type { Arena, Running } from '../arena.ts';
import type { Operation } from '../operation.ts';
import { measureRounds } from '../rounds.ts';
import { CHATS } from '../upstream/records.ts';
import { CONNECTIONS, LONG_THREAD, LONG_THREAD_MESSAGES, THREAD, THREAD_MESSAGES } from '../workloads.ts';
import { atMost, type Kept } from './promise.ts';

const ROUNDS = 5;
const LARGEST_PAGE = 100;

/** That a page costs by what is on it, wherever in a list it stands and however long the list is. */
export async function pageAnywhere(arena: Arena, gateway: Running): Promise<Kept[]> {
  const shortest = page('FirstChat', '(first: 1) { nodes { chatId } }');
  const deep = page('DeepChat', '(first: 1, after: $after) { nodes { chatId } }', await lastButOne(gateway));
  const count = page('TotalCount', '(first: 0) { totalCount }');
  // One connection: requests that are alike would else share their REST calls.
  const [, atTheEnd, counting] = await measureRounds(
    arena,
    [shortest, deep, count].map((operation) => ({ server: gateway, operation })),
    { connections: 1, requests: 1000 },
    ROUNDS,
  );
  const [, long] = await measureRounds(
    arena,
    [THREAD, LONG_THREAD].map((operation) => ({ server: gateway, operation })),
    { connections: CONNECTIONS, requests: 1000 },
    ROUNDS,
  );
  const perMessage = ((long?.ratio ?? Number.NaN) * THREAD_MESSAGES) / LONG_THREAD_MESSAGES;
  const ofAll = `of ${CHATS} chats, CPU times that of \`chats(first: 1)\``;
  return [
    atMost("CPU per message of a 100-message page, times W3's", 1, perMessage),
    atMost(`\`chats(first: 1, after: <the ${CHATS - 1}th>)\` ${ofAll}`, 1.2, atTheEnd?.ratio ?? Number.NaN),
    atMost(`\`totalCount\` ${ofAll}`, 1.2, counting?.ratio ?? Number.NaN),
  ];
}

function page(operationName: string, chats: string, after?: string): Operation {
  const parameters = after === undefined ? '' : '($after: String)';
  const variables = after === undefined ? {} : { after };
  return { operationName, query: `query ${operationName}${parameters} { chats${chats} }`, variables };
}

/** The cursor of the last chat but one, reached as a client would: page by page. */
async function lastButOne(gateway: Running): Promise<string> {
  let cursors: string[] = [];
  for (let seen = 0; seen < CHATS; seen += LARGEST_PAGE) {
    const after = cursors.at(-1) ?? null;
    const operation = {
      operationName: 'Walk',
      query: `query Walk($after: String) { chats(first: ${LARGEST_PAGE}, after: $after) { edges { cursor } } }`,
      variables: { after },
    };
    const { chats } = (await answerOf(gateway, operation, 0)) as { chats: { edges: { cursor: string }[] } };
    cursors = chats.edges.map(({ cursor }) => cursor);
  }
  const cursor = cursors.at(-2);
  if (cursor === undefined) throw new Error('the walk over all chats ended before their end');
  return cursor;
}
