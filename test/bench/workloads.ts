import type { Operation } from './operation.ts';

/** An operation that is measured, with the ratio to the floor that it must keep and the one that it aims at. */
export interface Workload extends Operation {
  readonly name: string;
  /** How many make a sample: some tenths of a second of CPU. What disturbs a machine lasts longer, so many short ones are better than a few long ones. */
  readonly requests: number;
  /** How many go before the first, where six samples are too few for V8 to have compiled what is hot. */
  readonly warmUp?: number;
  readonly must: number;
  readonly aim: number;
  /** What the regression check holds: `must`, with a tenth more where processes of one build lie on both sides of it. */
  readonly guard: number;
}

const INBOX = `
  chats(first: 30, filter: { search: $search }) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id chatId name status unreadCount lastMessageAt channelInfo { name contactId } agent { displayName } labelIds`;
const PREVIEWS = `query InboxPreviews($search: String!) {${INBOX} lastMessage { type text } } } }`;

function threadOf(operationName: string, last: number): Operation {
  const query = `query ${operationName}($chatId: ID!) {
  chat(chatId: $chatId) {
    title
    messages(last: ${last}) {
      pageInfo { hasPreviousPage startCursor }
      edges { cursor node { id createdAt direction status text sender { kind agentUid } } }
    }
  }
}`;
  return { operationName, query, variables: 'new chat' };
}

/** W3: 2 REST calls. */
export const THREAD = threadOf('Thread', 50);
/** W3 with a page of a hundred. */
export const LONG_THREAD = threadOf('LongThread', 100);
/** Messages in an answer to each. */
export const THREAD_MESSAGES = 50;
export const LONG_THREAD_MESSAGES = 100;

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'W1 inbox of 30 chats',
    operationName: 'Inbox',
    query: `query Inbox($search: String!) {${INBOX} } } }`,
    variables: 'new search',
    requests: 750,
    must: 1.3,
    aim: 1.1,
    guard: 1.43,
  },
  {
    name: 'W2 inbox with last messages, cold',
    operationName: 'InboxPreviews',
    query: PREVIEWS,
    variables: 'new search',
    requests: 150,
    warmUp: 3000,
    must: 1.0,
    aim: 0.7,
    guard: 1.1,
  },
  {
    name: 'W2 steady',
    operationName: 'InboxPreviews',
    query: PREVIEWS,
    variables: 'own search',
    requests: 150,
    warmUp: 3000,
    must: 0.35,
    aim: 0.2,
    guard: 0.385,
  },
  {
    name: 'W3 thread of 50 messages',
    ...THREAD,
    requests: 750,
    must: 1.3,
    aim: 1.1,
    guard: 1.43,
  },
  {
    name: 'W4 one title',
    operationName: 'Title',
    query: 'query Title($chatId: ID!) { chat(chatId: $chatId) { title } }',
    variables: 'new chat',
    requests: 2500,
    must: 2.0,
    aim: 1.3,
    guard: 2.0,
  },
];

/** What the ratios are measured at. */
export const CONNECTIONS = 16;
