import base from '../../vitest.config.ts';

/** Minutes of load and faults, which is too long for `npm test`: npm run soak. */
export default { ...base, test: { ...base.test, projects: undefined, include: ['test/soak/**/*.soak.ts'] } };
