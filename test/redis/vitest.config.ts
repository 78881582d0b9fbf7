import base from '../../vitest.config.ts';

// For what needs a redis-server, as `npm test` must not: vitest run --config test/redis/vitest.config.ts
export default {
  ...base,
  test: { ...base.test, projects: undefined, include: ['test/redis/**/*.redis.ts'] },
};
