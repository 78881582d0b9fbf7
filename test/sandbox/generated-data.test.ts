import { beforeAll, expect, test } from 'vitest';
import { generateInbox } from '../../src/sandbox/data/inbox.ts';
import type { ChatEntry } from '../../src/sandbox/data/store.ts';
import { LANDMARK_SESSION, LANDMARKS } from '../../src/sandbox/landmarks.ts';
import type { Message } from '../../src/sandbox/rest/message.ts';
import { publicView, searchRecord, writtenChat } from '../../src/sandbox/rest/views.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import {
  chatRecord,
  messagePage,
  publicChat,
  writtenChat as writtenChatSchema,
} from '../../src/texter/wire.ts';
import { callSandbox } from '../support/sandbox.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const DAY = 86_400_000;

let inbox: readonly ChatEntry[];
let messages: readonly Message[];
beforeAll(() => {
  inbox = generateInbox(1, NOW);
  messages = inbox.flatMap(({ thread }) => thread.slice(Math.max(0, thread.length - 150), thread.length));
});

const landmark = (chatId: string) => {
  const entry = inbox.find(({ chat }) => chat._id === chatId);
  if (!entry) throw new Error(`no chat ${chatId}`);
  return entry;
};
const all = ({ thread }: ChatEntry) => thread.slice(0, thread.length);
const values = <T>(of: (entry: ChatEntry) => T) => new Set(inbox.map(of));

test('same seed and now give the same bytes, another seed other ones', async () => {
  const bytes = async (seed: number) => {
    await using sandbox = await startSandbox({ seed, now: NOW });
    const newest = 'beforeTime=9999999999999&beforeId=0';
    const paths = [
      '/chats/search?limit=10000&showNoMessages=1',
      `/messages/chat/${LANDMARKS.longThread}?${newest}`,
    ];
    return await Promise.all(paths.map(async (path) => (await callSandbox(sandbox, path)).text()));
  };
  expect(await bytes(1)).toEqual(await bytes(1));
  expect((await bytes(1))[0]).not.toEqual((await bytes(2))[0]);
});

test('hundreds of chats on every channel, in every status and language', () => {
  expect(inbox.length).toBeGreaterThan(300);
  expect(values(({ chat }) => chat._id).size).toBe(inbox.length);
  expect([...values(({ chat }) => chat.channelInfo?.name)]).toEqual(
    expect.arrayContaining(['whatsapp', 'messenger', 'instagram', 'website_chat', 'email', 'sms']),
  );
  expect([...values(({ chat }) => chat.status)]).toEqual(expect.arrayContaining([0, 1, 2, 3, 4]));
  const titled = (script: RegExp) => inbox.filter(({ chat }) => script.test(chat.title ?? '')).length;
  expect(titled(/\p{Script=Hebrew}/u)).toBeGreaterThan(titled(/\p{Script=Latin}/u));
  expect(titled(/\p{Script=Arabic}/u)).toBeGreaterThan(30);
  expect(titled(/\p{Script=Latin}/u)).toBeGreaterThan(30);
});

test('every shape that a field of a chat can have', () => {
  const shapes = (field: string) => values(({ chat }) => typeOf(chat[field]));
  expect(shapes('crmLastTicketId')).toEqual(new Set(['absent', 'string', 'number']));
  expect(shapes('pendingMessageTime')).toEqual(new Set(['absent', 'null', 'number']));
  expect(shapes('labels')).toEqual(new Set(['absent', 'object']));
  expect(shapes('replyAction')).toContain('null');
  const botStates = values(({ chat }) => chat.botState && Object.keys(chat.botState).join());
  expect([...botStates]).toEqual(
    expect.arrayContaining([
      null,
      '',
      'id',
      'id,flowVersion,node,userState,store,latestAgentUid,latestAgentName',
    ]),
  );
  expect(inbox.some(({ chat }) => chat.botState && 'experiment' in chat.botState)).toBe(true);
  const agents = values(({ chat }) => JSON.stringify(chat.agent));
  expect([...agents]).toEqual(
    expect.arrayContaining(['{"uid":null,"displayName":""}', '{"uid":null,"displayName":null}']),
  );
  expect(inbox.filter(({ chat }) => chat.last_message_timestamp === undefined).length).toBeGreaterThan(3);
  for (const field of ['unsubscribed', 'blockedChat', 'hasMessageError', 'clientPhone', 'externalBot'])
    expect(inbox.some(({ chat }) => chat[field])).toBe(true);
});

test('times have the unit that their name tells', () => {
  for (const { chat } of inbox) {
    for (const [field, value] of Object.entries(chat)) {
      if (value === null) continue;
      if (/[tT]imestamp$/.test(field)) expect(value, field).toSatisfy(isBetween(NOW - 2000 * DAY, NOW));
      if (/(Update|Message|unsubscribe)Time$/.test(field))
        expect(value, field).toSatisfy(isBetween((NOW - 2000 * DAY) / 1000, NOW / 1000));
    }
    for (const value of [chat.created, chat.updatedAt])
      expect(new Date(value ?? '').toISOString()).toBe(value);
    expect(Date.parse(chat.created ?? '')).toBeLessThanOrEqual(chat.last_message_timestamp ?? NOW);
  }
});

test('what the gateway expects of each answer holds for every chat and message', () => {
  for (const entry of inbox) {
    publicChat.parse(json(publicView(entry)));
    chatRecord.parse(json(searchRecord(entry.chat)));
    writtenChatSchema.parse(json(writtenChat(entry)));
  }
  messagePage.parse({ messages: json(messages), minTime: 1, maxTime: 2 });
});

test('threads are ordered by time and addressed by index', () => {
  for (const entry of [landmark(LANDMARKS.longThread), landmark(LANDMARKS.sms), ...inbox.slice(20, 40)]) {
    const { thread } = entry;
    const whole = all(entry);
    expect(whole).toHaveLength(thread.length);
    for (const [index, message] of whole.entries()) {
      if (index % 97 === 0) expect(thread.slice(index, index + 1)).toEqual([message]);
      expect(thread.timeAt(index)).toBe(message.timestamp);
      expect(message.timestamp).toBeGreaterThanOrEqual(whole[index - 1]?.timestamp ?? 0);
    }
    expect(new Set(whole.map(({ _id }) => _id)).size).toBe(thread.length);
  }
});

test('a bot session is found by its id and holds what the thread marks with it', () => {
  const entry = landmark(LANDMARKS.longThread);
  const part = entry.thread.slice(4000, 4040);
  const id = part.find((message) => message.botSessionId !== undefined)?.botSessionId ?? '';
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  expect(entry.thread.session(id)).toEqual(all(entry).filter((message) => message.botSessionId === id));
  expect(entry.thread.session('f'.repeat(64))).toEqual([]);
  expect(entry.thread.session('no-session')).toEqual([]);
});

test('a thread ends where the status of its chat says', () => {
  for (const { chat, thread } of inbox.slice(10)) {
    const statuses = thread
      .slice(Math.max(0, thread.length - 17), thread.length)
      .map((message) => message.newChatStatus);
    const latest = statuses.findLast((status) => status !== undefined);
    if (chat.status === 1 || chat.status === 2) expect(latest).toBe(chat.status);
    if (chat.status === 3 && thread.length > 0) expect(statuses.at(-1)).toBe(3);
  }
});

test('a chat tells the times and the preview of its newest messages', () => {
  for (const entry of inbox) {
    const { chat, thread, lastMessage } = entry;
    if (thread.length > 1000 || chat._id === LANDMARKS.oldChat) continue;
    const incoming = all(entry).findLast(({ direction }) => direction === 'incoming');
    const regular = all(entry).findLast(({ systemMessage }) => systemMessage !== true);
    expect(chat.last_message_timestamp).toBe(all(entry).at(-1)?.timestamp);
    expect(chat.lastIncomingMessageTimestamp).toBe(incoming?.timestamp);
    expect(lastMessage()?.text).toBe(regular?.text);
  }
});

test('ids look like those of Texter, phone numbers like those of fiction', () => {
  for (const { _id } of [...inbox.map(({ chat }) => chat), ...messages])
    expect(_id).toMatch(/^[0-9a-f]{24}$/);
  for (const { chat } of inbox)
    if (/whatsapp|sms/.test(chat.channelInfo?.name ?? '')) expect(chat.channelInfo?.id).toMatch(/55501\d\d$/);
  expect(values(({ chat }) => JSON.stringify(chat.channelInfo)).size).toBe(inbox.length);
});

test('ordinary chats have messages of nearly every type', () => {
  expect([...new Set(messages.map(({ type }) => type))]).toEqual(
    expect.arrayContaining([
      'text',
      'media',
      'buttons',
      'list',
      'postback',
      'contacts',
      'location',
      'special',
      undefined,
    ]),
  );
});

test('the landmarks are what they promise, whatever the seed', () => {
  const ids = new Set(generateInbox(77, NOW).map(({ chat }) => chat._id));
  for (const id of Object.values(LANDMARKS)) expect(ids).toContain(id);

  const long = landmark(LANDMARKS.longThread).thread;
  expect(long.length).toBe(20_000);
  expect(long.timeAt(19_999) - long.timeAt(0)).toBeGreaterThan(700 * DAY);

  const sizes = new Map<number, number>();
  for (const { timestamp } of all(landmark(LANDMARKS.tieThread)))
    sizes.set(timestamp, (sizes.get(timestamp) ?? 0) + 1);
  expect(Math.max(...sizes.values())).toBe(260);

  expect(landmark(LANDMARKS.emptyChat).thread.length).toBe(0);
  expect(landmark(LANDMARKS.oldChat).chat).not.toHaveProperty('channelInfo');
  expect(landmark(LANDMARKS.botSession).chat.botState?.id).toBe(LANDMARK_SESSION);
  expect(landmark(LANDMARKS.sms).chat.channelInfo?.name).toBe('sms');
  expect(landmark(LANDMARKS.email).chat.channelInfo?.name).toBe('email');
  expect(landmark(LANDMARKS.future).chat).toMatchObject({ status: 7, channelInfo: { name: 'telegram' } });
  expect(all(landmark(LANDMARKS.future)).some(({ type }) => type === 'poll')).toBe(true);
});

test('one chat has a message of every content type, media type and status', () => {
  const content = all(landmark(LANDMARKS.everyContent));
  expect(new Set(content.map(({ type }) => type))).toEqual(
    new Set(['text', 'media', 'buttons', 'list', 'postback', 'contacts', 'location', 'special', undefined]),
  );
  expect(new Set(content.flatMap(({ media }) => media?.map(({ mediaType }) => mediaType) ?? []))).toEqual(
    new Set(['image', 'video', 'document', 'audio', 'sticker']),
  );
  expect([...new Set(content.map(({ status }) => status))]).toEqual(
    expect.arrayContaining([2, 4, 5, 6, undefined]),
  );
});

test('a campaign left more chats in one millisecond than a page of search holds', () => {
  const bulk = inbox.filter(({ chat }) => chat.status === 4);
  expect(bulk.length).toBeGreaterThan(30);
  expect(new Set(bulk.map(({ chat }) => chat.last_message_timestamp)).size).toBe(1);
});

function typeOf(value: unknown): string {
  if (value === undefined) return 'absent';
  return value === null ? 'null' : typeof value;
}

function isBetween(least: number, most: number): (value: unknown) => boolean {
  return (value) => typeof value === 'number' && value >= least && value <= most;
}

/** What a client gets: members that are undefined are not sent. */
function json(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
