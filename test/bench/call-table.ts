import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import { sandboxGateway } from './contestants.ts';

/** One operation with the REST calls that it made. */
export interface CallRow {
  readonly operation: string;
  readonly cold: number;
  readonly rounds: number;
  readonly steady: number;
}

/** So that reads which can be under way together are. */
const LATENCY_MS = 20;
const CALLERS = 20;
/** So that all of them come while the first call is under way. */
const JOINED_LATENCY_MS = 500;

const globalId = (chatId: string) => Buffer.from(`Chat:${chatId}`).toString('base64url');
const { fullChat, longThread } = LANDMARKS;

/** The rows of the call economy; the variables stand for what the sandbox has, see `examples`. */
const OPERATIONS: readonly (readonly [operation: string, document: string])[] = [
  [
    '`chats(first: 30)`, fields of the search record',
    '{ chats(first: 30) { nodes { title labelIds crmData name } } }',
  ],
  ['the same plus `lastMessage`', '{ chats(first: 30) { nodes { title lastMessage { text } } } }'],
  ['`chats(first: 0) { totalCount }`', '{ chats(first: 0) { totalCount } }'],
  ['`chat`, fields of the public view', `{ chat(chatId: "${fullChat}") { title lastMessage { text } } }`],
  [
    '`chat`, fields of the full record',
    `{ chat(chatId: "${fullChat}") { title labelIds crmData displayName } }`,
  ],
  [
    '`chat`, fields of the full record, SMS',
    `{ chat(chatId: "${LANDMARKS.sms}") { title labelIds crmData displayName } }`,
  ],
  [
    '`chat`, fields of the full record, EMAIL (contact ids not searchable)',
    `{ chat(chatId: "${LANDMARKS.email}") { title labelIds } }`,
  ],
  [
    '`chatByChannel`, fields of the search record',
    'query ($channel: ChannelRefInput!) { chatByChannel(channel: $channel) { title labelIds crmData } }',
  ],
  ['`node(id)` of a Message', 'query ($message: ID!) { node(id: $message) { ... on Message { text } } }'],
  [
    '`chat`, title and last 50 messages',
    `{ chat(chatId: "${longThread}") { title messages(last: 50) { nodes { text } } } }`,
  ],
  ['`chat { chatId id }`', `{ chat(chatId: "${fullChat}") { chatId id } }`],
  [
    'the same chat by aliases and ids',
    `{ a: chat(chatId: "${fullChat}") { title labelIds } b: node(id: "${globalId(fullChat)}") { ... on Chat { name } } }`,
  ],
  ['`nodes` of 50 chats', 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Chat { title } } }'],
  [
    '`_entities` of 20 chats, `messages(last: 1)`',
    'query ($entities: [_Any!]!) { _entities(representations: $entities) { ... on Chat { messages(last: 1) { nodes { text } } } } }',
  ],
  [
    '`_entities` of 20 chats, key fields',
    'query ($entities: [_Any!]!) { _entities(representations: $entities) { ... on Chat { id chatId } } }',
  ],
  [
    '`updateChatCrmData` with the whole chat',
    `mutation { updateChatCrmData(input: { chatId: "${fullChat}", data: { tier: 1 } }) { chat { crmData labelIds lastMessage { text } } } }`,
  ],
];

/** Asks each operation twice of a gateway that was just started for it. */
export async function countCalls(): Promise<CallRow[]> {
  const rows: CallRow[] = [];
  for (const [operation, query] of OPERATIONS) {
    await using gateway = sandboxGateway(LATENCY_MS);
    const url = await gateway.url();
    const variables = query.startsWith('query') ? await examples(url) : {};
    const cold = (await ask(url, query, variables)).upstream;
    const steady = (await ask(url, query, variables)).upstream;
    rows.push({ operation, cold: cold.calls, rounds: cold.rounds, steady: steady.calls });
  }
  rows.push(await countJoined());
  return rows;
}

/** The same read by many callers at the same moment. */
async function countJoined(): Promise<CallRow> {
  await using gateway = sandboxGateway(JOINED_LATENCY_MS);
  const url = await gateway.url();
  const asked = Array.from({ length: CALLERS }, () =>
    ask(url, '{ chats(first: 30) { nodes { title } } }', {}),
  );
  const calls = (await Promise.all(asked)).map(({ upstream }) => upstream.calls);
  const cold = calls.reduce((sum, count) => sum + count, 0);
  return { operation: `${CALLERS} callers, the same read`, cold, rounds: 1, steady: 1 };
}

interface Asked {
  readonly data: Examples;
  readonly upstream: { readonly calls: number; readonly rounds: number };
}

interface Examples {
  readonly chats: { readonly nodes: readonly { readonly chatId: string }[] };
  readonly chat: {
    readonly channelInfo: object;
    readonly messages: { readonly nodes: readonly { readonly id: string }[] };
  };
}

async function ask(url: string, query: string, variables: object): Promise<Asked> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors, extensions } = (await response.json()) as {
    data: Asked['data'];
    errors?: unknown;
    extensions: Pick<Asked, 'upstream'>;
  };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return { data, upstream: extensions.upstream };
}

/** Values for the variables of all operations, from reads that warm nothing up for them. */
async function examples(url: string): Promise<object> {
  const { data } = await ask(
    url,
    `{ chats(first: 50) { nodes { chatId } }
      chat(chatId: "${fullChat}") { channelInfo { name accountId contactId } messages(last: 1) { nodes { id } } } }`,
    {},
  );
  const chatIds = data.chats.nodes.map(({ chatId }) => chatId);
  return {
    ids: chatIds.map(globalId),
    entities: chatIds.slice(0, 20).map((chatId) => ({ __typename: 'Chat', chatId })),
    channel: data.chat.channelInfo,
    message: data.chat.messages.nodes[0]?.id,
  };
}
