import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { READ_KEY, startLocked, startOpen } from './profiles.ts';

// The published audits of GraphQL over HTTP, against the whole gateway as it is by default: before the sandbox, and
// before a real project with a credential. GET is sent with the header that it asks for.

const profiles = [
  { name: 'open', start: startOpen, headers: {} },
  { name: 'locked', start: startLocked, headers: { authorization: `Bearer ${READ_KEY}` } },
];

describe.each(profiles)('GraphQL over HTTP, $name', ({ start, headers }) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await start();
  });
  afterAll(() => gateway[Symbol.asyncDispose]());

  const fetchFn = (url: string, init?: RequestInit) =>
    fetch(url, { ...init, headers: { ...init?.headers, ...headers, 'apollo-require-preflight': 'yes' } });

  for (const audit of serverAudits({ url: () => gateway.url, fetchFn })) {
    test(`${audit.id} ${audit.name}`, async () => {
      expect(await audit.fn()).toMatchObject({ status: 'ok' });
    });
  }
});
