import { expect, test } from 'vitest';
import { behaviourSchema } from '../../src/sandbox/behaviour.ts';
import { generateInbox } from '../../src/sandbox/data/inbox.ts';
import type { Thread } from '../../src/sandbox/data/thread.ts';
import { LANDMARKS } from '../../src/sandbox/landmarks.ts';
import { Random } from '../../src/sandbox/random.ts';
import { getMessages } from '../../src/sandbox/rest/get-messages.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { aChat, callSandbox } from '../support/sandbox.ts';

test.each([0, 10_000, 19_999])(
  'a page of the long thread at message %i makes its own messages only',
  (index) => {
    const entry = generateInbox(1, Date.now()).find(({ chat }) => chat._id === LANDMARKS.longThread);
    if (!entry) throw new Error('no long thread');
    let made = 0;
    const counting: Thread = {
      length: entry.thread.length,
      timeAt: (at) => entry.thread.timeAt(at),
      slice: (start, end) => {
        made += end - start;
        return entry.thread.slice(start, end);
      },
      session: (id) => entry.thread.session(id),
    };
    const query = { limit: 50, beforeTime: entry.thread.timeAt(index), beforeId: '0' };
    const { messages } = getMessages(counting, query, behaviourSchema.parse({}), new Random(1));
    expect(messages.at(-1)?.timestamp).toBe(query.beforeTime);
    expect(made).toBeLessThanOrEqual(60);
  },
);

test('replacing the chats needs no new listener and is quick enough for thousands of cases', async () => {
  await using sandbox = await startSandbox({ dataset: [] });
  for (let round = 0; round < 300; round += 1) {
    sandbox.store.replace([aChat(`chat${round}`)]);
    expect((await callSandbox(sandbox, `/chats/chat${round}`)).status).toBe(200);
  }
});
