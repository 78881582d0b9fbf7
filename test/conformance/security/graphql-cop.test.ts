import { describe, expect, test } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { READ_KEY, startLocked, startOpen, startUnauthenticated } from './profiles.ts';

// The twelve probes of graphql-cop 1.15 (github.com/dolevf/graphql-cop), each with what it takes for a finding.

interface Probe {
  readonly send: (url: string, headers: Record<string, string>) => Promise<Response>;
  readonly finds: (body: string) => unknown;
}

const json =
  (body: unknown): Probe['send'] =>
  (url, headers) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
const query = (document: string) => json({ query: document, operationName: 'cop' });
const get =
  (document: string): Probe['send'] =>
  (url, headers) =>
    fetch(`${url}?query=${encodeURIComponent(document)}`, { headers });

const PROBES: Readonly<Record<string, Probe>> = {
  'field suggestions': {
    send: query('query cop { __schema { directive } }'),
    finds: (body) => JSON.parse(body).errors?.[0].message.includes('Did you mean'),
  },
  introspection: {
    send: query('query cop { __schema { types { name fields { name } } } }'),
    finds: (body) => JSON.parse(body).data?.__schema.types,
  },
  'GraphQL IDE': {
    send: (url, headers) => fetch(url, { headers: { ...headers, accept: 'text/html' } }),
    finds: (body) => /graphiql\.min\.css|GraphQL Playground|GraphiQL|graphql-playground/.test(body),
  },
  'queries by GET': {
    send: get('query cop {__typename}'),
    finds: (body) => JSON.parse(body).data?.__typename,
  },
  'alias overloading': {
    send: query(`query cop { ${Array.from({ length: 101 }, (_, i) => `alias${i}:__typename`).join('\n')} }`),
    finds: (body) => JSON.parse(body).data?.alias100,
  },
  batching: {
    send: json(Array.from({ length: 10 }, () => ({ query: 'query cop { __typename }' }))),
    finds: (body) => JSON.parse(body).length >= 10,
  },
  tracing: {
    send: query('query cop { __typename }'),
    finds: (body) => /tracing/i.test(body),
  },
  'directive overloading': {
    send: query('query cop { __typename @aa@aa@aa@aa@aa@aa@aa@aa@aa@aa }'),
    finds: (body) => JSON.parse(body).errors?.length === 10,
  },
  'circular introspection': {
    send: query(
      'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }',
    ),
    finds: (body) => JSON.parse(body).data?.__schema.types.length > 25,
  },
  'mutations by GET': {
    send: get('mutation cop {__typename}'),
    finds: (body) => JSON.parse(body).data?.__typename,
  },
  'form posts': {
    send: (url, headers) =>
      fetch(url, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ query: 'query cop { __typename }' }),
      }),
    finds: (body) => JSON.parse(body).data?.__typename,
  },
  'unhandled errors': {
    send: query('qwerty cop { abc }'),
    finds: (body) => /exception/i.test(body),
  },
};

/** The names of the probes that find something. */
async function findings({ url }: TestGateway, headers: Record<string, string> = {}): Promise<string[]> {
  const found: string[] = [];
  for (const [name, { send, finds }] of Object.entries(PROBES)) {
    const answer = await send(url, headers);
    if (finds(await answer.text())) found.push(name);
  }
  return found;
}

const credential = { authorization: `Bearer ${READ_KEY}` };

describe('graphql-cop', () => {
  test('has twelve probes', () => {
    expect(Object.keys(PROBES)).toHaveLength(12);
  });

  test('finds nothing without a credential', async () => {
    await using gateway = await startLocked();
    expect(await findings(gateway)).toEqual([]);
    expect(await findings(gateway, { authorization: 'Bearer invented' })).toEqual([]);
  });

  test('finds nothing where nobody can be authenticated', async () => {
    await using gateway = await startUnauthenticated();
    expect(await findings(gateway)).toEqual([]);
  });

  test('finds the schema with a credential, and with INTROSPECTION=off nothing', async () => {
    await using gateway = await startLocked();
    expect(await findings(gateway, credential)).toEqual(['field suggestions', 'introspection']);
    await using secretive = await startLocked({ INTROSPECTION: 'off' });
    expect(await findings(secretive, credential)).toEqual([]);
  });

  test('finds the schema and GraphiQL before the sandbox', async () => {
    await using gateway = await startOpen();
    expect(await findings(gateway)).toEqual(['field suggestions', 'introspection', 'GraphQL IDE']);
  });
});
