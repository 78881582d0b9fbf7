import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createRateLimit, type RateLimit } from '../../src/limits/rate-limit.ts';
import { SANDBOX_TOKEN, startSandbox } from '../../src/sandbox/sandbox.ts';
import { post } from '../e2e/auth/post.ts';
import { startGatewayProcess } from '../support/process.ts';
import { aChat } from '../support/sandbox.ts';
import { PASSWORD, type RedisServer, startRedis } from './redis-server.ts';

// REDIS_URL against a real redis-server: one limit for several gateways, and one for each while Redis fails.

interface Limited extends Disposable {
  readonly limit: RateLimit;
  /** What it logged. */
  readonly lines: string[];
  /** Whether the points were there. */
  take(points: number, caller?: string): Promise<boolean>;
}

const POINTS = 10;

async function connectTo(redis: RedisServer): Promise<Limited> {
  const lines: string[] = [];
  const log = pino({}, { write: (line) => lines.push(line) });
  const limit = await createRateLimit({ costPerMinute: POINTS, redisUrl: redis.url }, log);
  if (limit === undefined) throw new Error('the limit is off');
  return {
    limit,
    lines,
    take: (points, caller = 'caller') => limit.take(caller, points).then(taken, refused),
    [Symbol.dispose]: () => limit.close(),
  };
}

const taken = () => true;
const refused = () => false;

/** Two gateways that have reached Redis. */
async function connectTwo(redis: RedisServer): Promise<[Limited, Limited]> {
  const pair: [Limited, Limited] = [await connectTo(redis), await connectTo(redis)];
  await expect.poll(() => redis.clients(), { timeout: 20_000 }).toBe(2);
  return pair;
}

/** Whether the two spend from one limit; asked about a caller of its own each time. */
async function share(a: Limited, b: Limited): Promise<boolean> {
  const caller = `probe-${performance.now()}`;
  await a.take(POINTS, caller);
  return !(await b.take(1, caller));
}

test('gateways share a limit, and what is given back to it', async () => {
  await using redis = await startRedis();
  const [a, b] = await connectTwo(redis);
  using _a = a;
  using _b = b;
  const first = await a.limit.take('caller', 8);
  expect(await b.take(3)).toBe(false);
  expect(await b.take(2)).toBe(true);
  first.giveBack(5);
  await expect.poll(() => b.take(5), { timeout: 10_000 }).toBe(true);
  expect(await a.take(1)).toBe(false);
  expect([...a.lines, ...b.lines]).toEqual([]);
});

test('each gateway limits by itself while Redis is down, says so once, and shares again after', async () => {
  const redis = await startRedis();
  const [a, b] = await connectTwo(redis);
  using _a = a;
  using _b = b;
  await redis.stop();
  for (const { take } of [a, b]) {
    for (let i = 0; i < POINTS; i += 1) expect(await take(1)).toBe(true);
    expect(await take(1)).toBe(false);
  }
  for (const { lines } of [a, b]) {
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Redis');
    expect(lines[0]).not.toContain(PASSWORD);
  }
  await using _again = await startRedis(redis.port);
  await expect.poll(() => share(a, b), { timeout: 30_000, interval: 250 }).toBe(true);
});

test('a Redis that hangs keeps nobody waiting', async () => {
  await using redis = await startRedis();
  const [a, b] = await connectTwo(redis);
  using _a = a;
  using _b = b;
  redis.freeze();
  for (let i = 0; i < POINTS; i += 1) expect(await a.take(1)).toBe(true);
  expect(await a.take(1)).toBe(false);
  expect(a.lines).toHaveLength(1);
  redis.thaw();
  await expect.poll(() => share(a, b), { timeout: 30_000, interval: 250 }).toBe(true);
});

test('a gateway starts, serves and is ready without its Redis', async () => {
  const redis = await startRedis();
  await redis.stop();
  await using sandbox = await startSandbox({ dataset: [aChat('c1')] });
  await using gateway = await startGatewayProcess(settings(sandbox.url, redis));
  const status = async () => (await post(gateway.url, '{ chat(chatId: "c1") { title } }')).status;
  expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
  expect((await fetch(new URL('/ready', gateway.url))).status).toBe(200);
  expect(gateway.stdout.join('\n')).not.toContain(PASSWORD);
});

test('started gateways are one to a caller', async () => {
  await using redis = await startRedis();
  await using sandbox = await startSandbox({ dataset: [aChat('c1')] });
  await using a = await startGatewayProcess(settings(sandbox.url, redis));
  await using b = await startGatewayProcess(settings(sandbox.url, redis));
  await expect.poll(() => redis.clients(), { timeout: 20_000 }).toBe(2);
  const status = async (url: string) => (await post(url, '{ chat(chatId: "c1") { title } }')).status;
  expect([await status(a.url), await status(b.url), await status(a.url)]).toEqual([200, 200, 429]);
});

function settings(baseUrl: string, redis: RedisServer): Record<string, string> {
  return {
    TEXTER_BASE_URL: baseUrl,
    TEXTER_API_TOKEN: SANDBOX_TOKEN,
    AUTH_MODE: 'none',
    RATE_LIMIT_COST_PER_MINUTE: '2',
    REDIS_URL: redis.url,
  };
}
